// Makes a store file of many projects: grow FILE PROJECTS
#include "benchmarks/grown_store.hpp"

#include <cstdio>
#include <string>

int main(int count, char **words) try {
    if (count != 3) {
        std::fputs("usage: grow FILE PROJECTS\n", stderr);
        return 2;
    }
    benchmarks::grow(words[1], std::stoll(words[2]));
    return 0;
} catch (std::exception const &error) {
    std::fprintf(stderr, "grow: %s\n", error.what());
    return 1;
}
