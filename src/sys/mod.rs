//! The machine around us: systemd's ear, the lock on the data folder, files written whole or not at all.

pub mod disk;
pub mod files;
pub mod lock;
pub mod systemd;
