//! The binary `lexwatch`: parse, run one command, choose the exit code.

use std::process::ExitCode;

use clap::Parser as _;

fn main() -> ExitCode {
    web::cli::run(web::cli::Cli::parse())
}
