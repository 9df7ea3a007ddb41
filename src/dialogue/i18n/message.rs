//! The macro that makes a function of each catalogue message.

/// The declaration of a message.
#[cfg(test)]
#[derive(Clone)]
pub(super) struct Declared {
    pub(super) name: &'static str,
    /// Its argument names, each with its possible codes; none when it may be anything.
    pub(super) arguments: Vec<(&'static str, Vec<&'static str>)>,
}

/// Makes a function of each message: arguments in, the sentence in `$speaker`'s locale out.
macro_rules! messages {
    ($speaker:ty: $($name:ident($($argument:ident: $kind:ty),*);)*) => {
        impl $speaker {
            $(#[allow(clippy::too_many_arguments, reason = "a sentence speaks of as much as it needs")]
            pub(crate) fn $name(self $(, $argument: $kind)*) -> String {
                #[allow(unused_mut, reason = "some messages have no arguments")]
                let mut arguments = fluent_bundle::FluentArgs::new();
                $(for (name, value) in
                    $crate::dialogue::i18n::argument::Argument::values($argument, stringify!($argument), self.locale())
                {
                    arguments.set(name, value);
                })*
                self.locale().message(stringify!($name), arguments)
            })*
        }

        #[cfg(test)]
        pub(super) fn declared() -> Vec<$crate::dialogue::i18n::message::Declared> {
            vec![$($crate::dialogue::i18n::message::Declared {
                name: stringify!($name),
                arguments: {
                    let each: Vec<Vec<(&str, Vec<&str>)>> = vec![
                        $(<$kind as $crate::dialogue::i18n::argument::Argument>::described(stringify!($argument)),)*
                    ];
                    each.concat()
                },
            },)*]
        }
    };
}
pub(super) use messages;
