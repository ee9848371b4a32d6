//! The program: see `lotse::cli`.

fn main() -> std::process::ExitCode {
    lotse::cli::main()
}
