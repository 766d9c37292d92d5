"""What the lints find and what they leave alone: python3 tools/lint/tests.py"""

import unittest

import awaits
import includes
import links
import packages
import statements
import words


def found(lint, code, path="gateway/x.cpp"):
    return [finding.split(": ", 1)[1] for finding in lint.problems({path: code})]


class Awaits(unittest.TestCase):
    def assert_fine(self, code):
        self.assertEqual([], found(awaits, code))

    def assert_found(self, what, code):
        findings = found(awaits, code)
        self.assertTrue(any(what in finding for finding in findings), findings)

    def test_one_alone_is_fine(self):
        self.assert_fine("awaitable<int> f() { auto x = co_await g(); co_return x; }")
        self.assert_fine("awaitable<void> f() { if (co_await g()) { h(); } else { i({1}); } }")
        self.assert_fine("awaitable<void> f() { for (;;) { co_await g(std::move(q)); if (a && b) return; } }")
        self.assert_fine("auto C::f() const -> awaitable<std::vector<int>> { co_await g(); }")

    def test_two_in_one_statement(self):
        self.assert_found("second", "awaitable<int> f() { co_return co_await g() + co_await h(); }")
        self.assert_found("second", "awaitable<int> f() { co_await g(co_await h()); }")

    def test_two_statements_are_two(self):
        self.assert_fine("awaitable<int> f() { co_await g(); co_await h(); if (a) co_await i(); }")

    def test_conditions(self):
        self.assert_found("&&", "void f() { if (a && co_await g()) return; }")
        self.assert_found("||", "void f() { auto x = co_await (g() || h()); }")
        self.assert_found("?", "void f() { auto x = a ? co_await g() : 1; }")

    def test_a_condition_in_the_statement_before_is_fine(self):
        self.assert_fine("void f() { auto both = a && b; if (both) co_await g(); }")

    def test_aggregates(self):
        self.assert_found("{", "void f() { co_await g(Request{a, b}); }")
        self.assert_found("{", "void f() { co_await g({.a = 1}); }")
        self.assert_found("{", "void f() { std::vector<int> v{co_await g()}; }")
        self.assert_found("{", "void f() { auto x = Pair{1, co_await g()}; }")
        self.assert_found("{", "void f() { co_return Reply{.a = co_await g()}; }")

    def test_lambdas(self):
        self.assert_found("lambda", "void f() { co_await co_spawn(e, [s]() -> awaitable<void> { co_await h(); }, t); }")
        self.assert_found("lambda", "void f() { co_await g([&] { return 1; }); }")

    def test_inside_a_lambda_each_statement_counts_for_itself(self):
        self.assert_fine("void f() { co_spawn(e, [s]() -> awaitable<void> { co_await g(); co_await h(); }, t); }")
        self.assert_fine("void f() { auto l = [this, a = 1]<class T>(T &&x) mutable -> awaitable<void> { co_await g(x); }; }")
        self.assert_found("second", "void f() { co_spawn(e, [s]() -> awaitable<void> { co_await g(co_await h()); }, t); }")

    def test_subscripts_bindings_and_attributes_are_no_lambdas(self):
        self.assert_fine("void f() { co_await g(a[i], b()[1]); }")
        self.assert_fine("void f() { auto [error, size] = co_await g(); auto &&[a, b] = co_await h(); }")
        self.assert_fine("void f() { [[maybe_unused]] auto x = co_await g(); auto const &[c, d] = co_await h(a[b[0]]); }")
        self.assert_fine("void f() { auto &&x = co_await g(); }")

    def test_comments_literals_and_macros_are_not_code(self):
        self.assert_fine('void f() { co_await g("a && b ? {"); // || [\n co_await h(R"(x && {)", \'{\', 1\'000); }')
        self.assert_fine("#define A(x) co_await x && \\\n co_await y\nint a;")

    def test_class_bodies_and_constructors_are_no_aggregates(self):
        self.assert_fine("struct A : B { A() : a_(1), b_{2} { g(); } awaitable<int> f() override { co_return co_await g(); } };")
        self.assert_fine("namespace a::b { class C final : D<int> { awaitable<int> f() { co_await g(); } int x = {}; }; }")
        self.assert_fine("void f() { switch (x) { case A: co_await g(); break; case B: { co_await h(); } default: co_await i(); } }")
        self.assert_fine("void f() { try { co_await g(); } catch (E const &e) { x = {1}; } do { co_await h(); } while (a && b); }")

    def test_the_line_is_that_of_the_await(self):
        finding = next(awaits.problems({"a.cpp": "void f() {\n\n  co_await g(\n    A{}); }"}))
        self.assertTrue(finding.startswith("a.cpp:3: "), finding)


class Includes(unittest.TestCase):
    def test_upwards_is_refused(self):
        self.assertTrue(found(includes, '#include "gateway/service.hpp"', "backends/a.cpp"))
        self.assertTrue(found(includes, '#  include "dialects/engine/wire.hpp"', "canonical/a.hpp"))
        self.assertTrue(found(includes, '#include "config/config.hpp"', "backends/a.cpp"))

    def test_sockets_stand_above_the_dialects(self):
        self.assertTrue(found(includes, "#include <boost/asio/awaitable.hpp>", "dialects/paymo/a.cpp"))
        self.assertTrue(found(includes, "#include <boost/beast.hpp>", "backends/a.cpp"))
        self.assertFalse(found(includes, "#include <boost/asio/awaitable.hpp>", "backends/a.cpp"))

    def test_a_dialect_knows_no_other(self):
        self.assertTrue(found(includes, '#include "dialects/paymo/tables.hpp"', "dialects/worksection/a.cpp"))
        self.assertTrue(found(includes, '#include "dialects/paymo/tables.hpp"', "dialects/engine/a.cpp"))
        self.assertFalse(found(includes, '#include "dialects/paymo/tables.hpp"', "dialects/registry.cpp"))

    def test_downwards_and_comments_are_fine(self):
        self.assertFalse(found(includes, '#include "canonical/slot.hpp"\n// #include "gateway/x.hpp"', "dialects/paymo/a.cpp"))
        self.assertFalse(found(includes, '#include "gateway/service.hpp"', "tests/backends/a.cpp"))


class Statements(unittest.TestCase):
    def test_values_in_the_text_are_refused(self):
        self.assertTrue(found(statements, "auto s = \"SELECT * FROM a WHERE b = '\" + value + \"'\";"))
        self.assertTrue(found(statements, "auto s = fmt::format(\"DELETE FROM a WHERE b = '{}'\", value);"))
        self.assertTrue(found(statements, "sqlite3_exec(db, text, 0, 0, 0);"))
        self.assertTrue(found(statements, "sql.add(\" LIMIT \").add(std::to_string(page.limit));", "backends/sql/a.cpp"))
        self.assertTrue(found(statements, "run(fmt::format(\"SELECT {}\", f(g(x))));", "backends/sql/a.cpp"))

    def test_bound_parameters_and_fixed_words_are_fine(self):
        self.assertFalse(found(statements, "auto s = \"SELECT a FROM \" + table + \" WHERE b = ? AND c LIKE ? ESCAPE '\\\\'\";"))
        self.assertFalse(found(statements, "sql.add(\" LIMIT \").bind(page.limit).add(name(x));", "backends/sql/a.cpp"))
        self.assertFalse(found(statements, "sqlite3_exec(db, text, 0, 0, 0);", "backends/sql/sqlite/connection.cpp"))
        self.assertFalse(found(statements, "auto s = \"x WHERE kind = '\" + std::string(canonical::name_of(kind)) + \"' AND\";"))
        self.assertFalse(found(statements, "sql.add(\"SELECT coalesce(x, '{}') FROM a\");"))
        self.assertFalse(found(statements, "// sqlite3_exec\nauto s = \"it's\" + name + \"'s\";"))


class Words(unittest.TestCase):
    def test_traces_of_a_machine_or_of_work_put_off(self):
        for trace in ("/wo" + "rk/main", "see /tm" + "p/x.log", "TO" + "DO: later", "fix" + "me".upper() + " FIX" + "ME", "http://deb.deb" + "ian.org"):
            self.assertTrue(found(words, trace, "README.md"), trace)

    def test_ordinary_text_is_fine(self):
        for text in ("network/main", "TODOS and a hackathon", "${XDG_RUNTIME_DIR}/x", "var/dragoman.db", "https://api.example.com/work/"):
            self.assertFalse(found(words, text, "README.md"), text)


class Links(unittest.TestCase):
    FILES = {"docs/a.md": "", "docs/b.md": "", "README.md": ""}

    def test_what_leads_to_a_file_a_folder_or_the_web_is_fine(self):
        text = "[a](a.md) [up](../README.md#top) [docs](../docs) [web](https://example.com/a.md) [here](#there)"
        self.assertEqual([], list(links.problems(self.FILES | {"docs/b.md": text})))

    def test_what_leads_nowhere_is_told(self):
        self.assertEqual(2, len(list(links.problems(self.FILES | {"docs/b.md": "[a](../a.md) [c](c.md#x)"}))))


class Packages(unittest.TestCase):
    LIST = "# a comment run why\nninja-build   run    runs the build\nclang  check  a second compiler: other warnings\n"
    README = "| `ninja-build` | run | runs the build |\n| `clang` | check | a second compiler: other warnings |\n"

    def problems(self, readme):
        return list(packages.problems({"tools/packages": self.LIST, "README.md": readme}))

    def test_the_same_in_both(self):
        self.assertEqual([], self.problems(self.README))

    def test_what_is_missing_different_or_too_much(self):
        self.assertEqual(1, len(self.problems(self.README.splitlines(True)[0])))
        self.assertEqual(2, len(self.problems(self.README.replace("runs the", "drives the"))))
        self.assertEqual(1, len(self.problems(self.README + "| `gdb` | test | nobody asked for it |\n")))


if __name__ == "__main__":
    unittest.main()
