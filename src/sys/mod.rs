//! The operating system: systemd, the lock on the data folder, private folders, free disk space.

pub mod disk;
pub mod files;
pub mod lock;
pub mod systemd;
