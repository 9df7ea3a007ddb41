//! A bar chart as SVG: a few hundred bytes, sharp on paper, and its numbers stand in a table below.

/// Width of a bar's place, in the drawing's units.
const STEP: i64 = 40;
/// Width of a bar.
const WIDTH: i64 = 26;
/// Height of the tallest bar.
const HEIGHT: i64 = 120;
/// Room below for the names and above for the numbers.
const BELOW: i64 = 22;
const ABOVE: i64 = 20;

pub(super) struct Bars {
    pub(super) width: i64,
    pub(super) height: i64,
    pub(super) ground: i64,
    pub(super) bars: Vec<Bar>,
    /// Text alternative, for screen readers.
    pub(super) words: String,
}

pub(super) struct Bar {
    pub(super) x: i64,
    pub(super) y: i64,
    pub(super) width: i64,
    pub(super) height: i64,
    pub(super) middle: i64,
    pub(super) name: String,
    pub(super) value: String,
}

impl Bars {
    /// A chart of `(name, number, number in words)`, the tallest bar for `full` or the greatest number.
    pub(super) fn new(words: &str, rows: &[(String, i64, String)], full: Option<i64>) -> Bars {
        let greatest = full.unwrap_or_else(|| rows.iter().map(|row| row.1).max().unwrap_or(0)).max(1);
        let ground = ABOVE + HEIGHT;
        let bars = rows.iter().zip(0..).map(|((name, number, value), place)| {
            let height = (number.clamp(&0, &greatest) * HEIGHT) / greatest;
            Bar {
                x: place * STEP + (STEP - WIDTH) / 2,
                y: ground - height,
                width: WIDTH,
                height,
                middle: place * STEP + STEP / 2,
                name: name.clone(),
                value: value.clone(),
            }
        });
        let bars: Vec<Bar> = bars.collect();
        let spoken: Vec<String> = bars.iter().map(|bar| format!("{} {}", bar.name, bar.value)).collect();
        Bars {
            width: STEP * i64::try_from(rows.len()).unwrap_or(1).max(1),
            height: ground + BELOW,
            ground,
            words: format!("{words}: {}", spoken.join(", ")),
            bars,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bars_stand_on_the_ground_and_the_greatest_is_whole() {
        let rows = [("ene".to_owned(), 50, "50".to_owned()), ("feb".to_owned(), 100, "100".to_owned())];
        let chart = Bars::new("Noches", &rows, None);
        assert_eq!(chart.bars[1].height, HEIGHT);
        assert!(chart.bars.iter().all(|bar| bar.y + bar.height == chart.ground));
        assert_eq!(chart.words, "Noches: ene 50, feb 100");
        assert_eq!(Bars::new("Nada", &[("ene".to_owned(), 0, "0".to_owned())], None).bars[0].height, 0);
    }
}
