//! For the feature `bert`: says what is missing before anything heavy is built, and where tests find libtorch.

use std::path::Path;

#[expect(
    clippy::disallowed_methods,
    reason = "a build is told by the environment what to build with"
)]
fn main() {
    println!("cargo::rerun-if-changed=build.rs");
    if std::env::var_os("CARGO_FEATURE_BERT").is_none() {
        return;
    }
    println!("cargo::rerun-if-env-changed=LIBTORCH");
    match std::env::var("LIBTORCH") {
        Ok(folder) if Path::new(&folder).join("lib").is_dir() => {
            println!("cargo::rustc-link-arg-tests=-Wl,-rpath,{folder}/lib");
        }
        _ => println!(
            "cargo::error=the feature `bert` is built with libtorch, and LIBTORCH names no folder of it: run \
             `. \"$(classifier/get-model)\"` in this shell, then build again"
        ),
    }
}
