//! Word errors, counted as a listener would: accents and punctuation do not matter, and "15" is as good as "quince".

use casero::domain::language::Language;

/// Words wrong among words said.
#[derive(Debug, Default, Clone, Copy)]
pub struct Errors {
    /// Words replaced, left out or added.
    pub wrong: usize,
    pub words: usize,
}

impl Errors {
    /// Compares what was said with what was heard.
    pub fn count(said: &str, heard: &str, language: Language) -> Errors {
        let said = words(said, language);
        let heard = words(heard, language);
        Errors { wrong: distance(&said, &heard), words: said.len() }
    }

    /// Word error rate in percent.
    pub fn percent(&self) -> f64 {
        self.wrong as f64 * 100.0 / self.words.max(1) as f64
    }
}

/// Levenshtein distance in words.
fn distance(said: &[String], heard: &[String]) -> usize {
    let mut row: Vec<usize> = (0..=heard.len()).collect();
    for (i, word) in said.iter().enumerate() {
        let mut diagonal = row[0];
        row[0] = i + 1;
        for (j, other) in heard.iter().enumerate() {
            let replaced = diagonal + usize::from(word != other);
            diagonal = row[j + 1];
            row[j + 1] = replaced.min(diagonal + 1).min(row[j] + 1);
        }
    }
    row[heard.len()]
}

fn words(text: &str, language: Language) -> Vec<String> {
    let mut words = Vec::new();
    // 60.000 is one number, whatever else a full stop may mean.
    let characters: Vec<char> = text.chars().collect();
    let joined = characters.iter().enumerate().filter(|(index, character)| {
        let digit = |at: usize| characters.get(at).is_some_and(char::is_ascii_digit);
        !(matches!(character, '.' | ',')
            && *index > 0
            && digit(index - 1)
            && (1..=3).all(|next| digit(index + next)))
    });
    let plain: String = joined.map(|(_, character)| plain(*character)).collect();
    for word in plain.split(|character: char| !character.is_alphanumeric()).filter(|word| !word.is_empty()) {
        match word.parse::<u32>() {
            Ok(number) if number < 1_000_000 => spell(number, language, &mut words),
            Ok(_) | Err(_) => words.push(word.to_owned()),
        }
    }
    words
}

fn plain(character: char) -> char {
    match character.to_lowercase().next().unwrap_or(character) {
        'á' | 'à' | 'â' | 'ã' => 'a',
        'é' | 'ê' => 'e',
        'í' => 'i',
        'ó' | 'ô' | 'õ' => 'o',
        'ú' | 'ü' => 'u',
        'ç' => 'c',
        other => other,
    }
}

/// Numbers as they are said, without accents. Hundreds are rare in notes and left to the units.
fn spell(number: u32, language: Language, out: &mut Vec<String>) {
    const ES: &str = "cero uno dos tres cuatro cinco seis siete ocho nueve diez once doce trece catorce quince dieciseis diecisiete \
        dieciocho diecinueve veinte veintiuno veintidos veintitres veinticuatro veinticinco veintiseis veintisiete veintiocho \
        veintinueve";
    const PT: &str = "zero um dois tres quatro cinco seis sete oito nove dez onze doze treze quatorze quinze dezesseis dezessete \
        dezoito dezenove";
    const EN: &str = "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen \
        seventeen eighteen nineteen";
    const TENS: [&str; 3] = [
        "- - veinte treinta cuarenta cincuenta sesenta setenta ochenta noventa",
        "- - vinte trinta quarenta cinquenta sessenta setenta oitenta noventa",
        "- - twenty thirty forty fifty sixty seventy eighty ninety",
    ];
    let (units, tens, and, thousand, hundred) = match language.code() {
        "es" => (ES, TENS[0], Some("y"), "mil", "cien"),
        "pt" => (PT, TENS[1], Some("e"), "mil", "cem"),
        _ => (EN, TENS[2], None, "thousand", "hundred"),
    };
    let units: Vec<&str> = units.split_whitespace().collect();
    if number >= 1000 {
        if number >= 2000 {
            spell(number / 1000, language, out);
        }
        out.push(thousand.to_owned());
        if !number.is_multiple_of(1000) {
            spell(number % 1000, language, out);
        }
        return;
    }
    if number >= 100 {
        if number >= 200 {
            out.push(units[(number / 100) as usize].to_owned());
        }
        out.push(hundred.to_owned());
        if !number.is_multiple_of(100) {
            spell(number % 100, language, out);
        }
        return;
    }
    if let Some(word) = units.get(number as usize) {
        out.push((*word).to_owned());
        return;
    }
    out.push(tens.split_whitespace().nth((number / 10) as usize).unwrap_or_default().to_owned());
    if !number.is_multiple_of(10) {
        out.extend(and.map(str::to_owned));
        out.push(units[(number % 10) as usize].to_owned());
    }
}
