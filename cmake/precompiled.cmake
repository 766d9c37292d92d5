# The headers of others that most files of a target read. Ours stay out of it: each source names what it uses.
set(precompiled_values <algorithm> <array> <charconv> <chrono> <functional> <map> <optional> <set> <span> <string>
  <string_view> <unordered_map> <variant> <vector> <boost/describe.hpp> <boost/json.hpp> <boost/mp11.hpp>)
set(precompiled_network <boost/asio/awaitable.hpp> <boost/asio/co_spawn.hpp> <boost/asio/io_context.hpp>
  <boost/asio/ip/tcp.hpp> <boost/asio/redirect_error.hpp> <boost/asio/steady_timer.hpp> <boost/asio/use_awaitable.hpp>)
set(precompiled_http <boost/beast/core.hpp> <boost/beast/http.hpp> <spdlog/spdlog.h>)
set(precompiled_test <gmock/gmock.h> <gtest/gtest.h>)

# What ccache needs to see through a precompiled header.
add_compile_options($<$<CXX_COMPILER_ID:GNU>:-fpch-preprocess> "$<$<CXX_COMPILER_ID:Clang>:SHELL:-Xclang -fno-pch-timestamp>")

# dragoman_precompile(target values [network] [http] [test])
function(dragoman_precompile target)
  foreach(part ${ARGN})
    target_precompile_headers(${target} PRIVATE ${precompiled_${part}})
  endforeach()
endfunction()
