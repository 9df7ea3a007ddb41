//! Password hashes: argon2id with 19 MiB, two passes and one lane, the first choice of OWASP's password
//! storage recommendations.

use argon2::password_hash::phc::PasswordHash;
use argon2::password_hash::{PasswordHasher, PasswordVerifier};
use argon2::{Algorithm, Argon2, Params, Version};

/// Bytes of a salt, as RFC 9106 recommends.
pub const SALT_BYTES: usize = 16;
/// Memory of one hash, in KiB.
const MEMORY_KIB: u32 = 19 * 1024;
const PASSES: u32 = 2;
/// Lanes: one, since a hash has one core.
const LANES: u32 = 1;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PasswordCheck {
    /// The password is the one that was hashed.
    pub holds: bool,
    /// The hash was made at another cost than today's.
    pub is_outdated: bool,
}

/// The PHC string of a password; `None` when the algorithm refuses, which it never does with these
/// parameters.
pub fn hash(password: &str, salt: &[u8; SALT_BYTES]) -> Option<String> {
    let made: PasswordHash = argon2()?.hash_password_with_salt(password.as_bytes(), salt).ok()?;
    Some(made.to_string())
}

/// Compares a password with a PHC string, at the cost written in the string.
pub fn check(password: &str, phc: &str) -> PasswordCheck {
    let Ok(kept) = PasswordHash::new(phc) else { return PasswordCheck { holds: false, is_outdated: false } };
    let holds = Argon2::default().verify_password(password.as_bytes(), &kept).is_ok();
    let today = Params::new(MEMORY_KIB, PASSES, LANES, None).ok();
    let then = Params::try_from(&kept).ok();
    let same = |now: &Params, then: &Params| {
        (now.m_cost(), now.t_cost(), now.p_cost()) == (then.m_cost(), then.t_cost(), then.p_cost())
    };
    let is_outdated = !today.zip(then).is_some_and(|(now, then)| same(&now, &then));
    PasswordCheck { holds, is_outdated }
}

fn argon2() -> Option<Argon2<'static>> {
    let params = Params::new(MEMORY_KIB, PASSES, LANES, None).ok()?;
    Some(Argon2::new(Algorithm::Argon2id, Version::V0x13, params))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_hash_names_its_cost_and_knows_its_password() {
        let phc = hash("una clave larga", &[7; SALT_BYTES]).unwrap();
        assert!(phc.starts_with("$argon2id$v=19$m=19456,t=2,p=1$"), "{phc}");
        assert_eq!(check("una clave larga", &phc), PasswordCheck { holds: true, is_outdated: false });
        assert!(!check("otra clave", &phc).holds);
    }

    #[test]
    fn a_hash_of_another_cost_is_outdated() {
        let cheap = Argon2::new(Algorithm::Argon2id, Version::V0x13, Params::new(64, 1, 1, None).unwrap());
        let phc: PasswordHash = cheap.hash_password_with_salt(b"una clave", &[7; SALT_BYTES]).unwrap();
        assert_eq!(check("una clave", &phc.to_string()), PasswordCheck { holds: true, is_outdated: true });
        assert!(!check("una clave", "not a hash").holds);
    }
}
