// The program: picks the command and says what came of it by its exit status.
#include "gateway/commands/options.hpp"

#include <CLI/CLI.hpp>
#include <iostream>

int main(int count, char **arguments) {
    using namespace gateway;
    commands::ServeOptions options;
    commands::CheckOptions checked;
    std::filesystem::path config = commands::default_config;

    CLI::App program("Speaks the HTTP APIs of ONLYOFFICE Projects, Worksection, Paymo, Productive and SuperOffice "
                     "over one store.",
                     "dragoman");
    program.set_version_flag("--version", "dragoman " DRAGOMAN_VERSION);
    program.require_subcommand(1);

    std::map<std::string, LogFormat> const formats = {{"text", LogFormat::text}, {"json", LogFormat::json}};
    auto *const serve =
        program.add_subcommand("serve", "Listen and answer until SIGTERM; SIGHUP loads the config anew");
    serve->add_option("--config", options.config, "The config file")->capture_default_str();
    serve->add_option("--listen", options.listen, "address:port, in place of what the config says");
    serve->add_option("--data", options.data, "The folder for the files of stores")->capture_default_str();
    serve->add_option("--log-format", options.log_format, "text or json")
        ->transform(CLI::Transformer(formats))
        ->default_str("text");

    auto *const check = program.add_subcommand("check", "Say all that is wrong with a config file");
    check->add_option("file", checked.config, "The config file")->required();
    auto *const live = check->add_flag("--live", checked.live, "Ask the backends whether what mappings name is there");
    check->add_option("--data", checked.data, "The folder for the files of stores")->needs(live)->capture_default_str();

    auto *const routes = program.add_subcommand("routes", "Print what is offered where");
    routes->add_option("--config", config, "The config file")->capture_default_str();

    std::string dialect;
    auto *const coverage = program.add_subcommand("coverage", "Print what a dialect offers, out of its tables");
    coverage->add_option("dialect", dialect, "Its name")->required();

    commands::Pair pair;
    bool json = false;
    auto *const fidelity = program.add_subcommand(
        "fidelity", "Print what becomes of each field of one dialect on a service of another, out of their tables");
    auto *const from =
        fidelity->add_option("--from", pair.from, "The caller's dialect; of none, all pairs are printed");
    auto *const to = fidelity->add_option("--to", pair.to, "The service's dialect, or sqlite");
    from->needs(to);
    to->needs(from);
    fidelity->add_flag("--json", json, "As JSON")->needs(from);

    commands::Translation translation;
    std::string as = "request";
    auto *const translate = program.add_subcommand(
        "translate", "Translate one message from standard input, and tell on standard error what it loses");
    translate->add_option("--from", translation.pair.from, "The dialect of the message")->required();
    translate->add_option("--to", translation.pair.to, "The dialect that it is translated to")->required();
    translate->add_option("--as", as, "request or answer")
        ->check(CLI::IsMember({"request", "answer"}))
        ->capture_default_str();
    translate->add_option("--operation", translation.operation,
                          "Of a body alone or of an answer, as in project.update");

    CLI11_PARSE(program, count, arguments);
    commands::Output const output{.out = std::cout, .problems = std::cerr};
    if (serve->parsed()) return commands::serve(options, output);
    if (check->parsed()) return commands::check(checked, output);
    if (fidelity->parsed()) return commands::fidelity(pair, json, output);
    translation.answer = as == "answer";
    if (translate->parsed()) return commands::translate(translation, std::cin, output);
    if (coverage->parsed()) return commands::coverage(dialect, output);
    return commands::routes(config, output);
}
