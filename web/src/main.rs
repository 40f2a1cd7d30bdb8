//! The binary `lexwatch`: parse, run one command, choose the exit code.

use std::process::ExitCode;

use clap::Parser as _;
use mimalloc::MiMalloc;

/// Tagging and keeping make and drop many small pieces on several threads: with it, an import takes less CPU time than with
/// glibc's allocator. Huge pages would save a twentieth more, and hold 30 MB more while it serves (`no_thp` in Cargo.toml).
#[global_allocator]
static ALLOCATOR: MiMalloc = MiMalloc;

fn main() -> ExitCode {
    web::cli::run(web::cli::Cli::parse())
}
