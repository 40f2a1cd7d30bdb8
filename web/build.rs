//! For the feature `bert`: names the folder of libtorch in the binary. A library's build script cannot.

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
    if let Ok(folder) = std::env::var("LIBTORCH") {
        println!("cargo::rustc-link-arg=-Wl,-rpath,{folder}/lib");
    }
}
