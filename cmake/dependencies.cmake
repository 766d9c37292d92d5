# Everything comes from Debian's packages; README.md names each with its reason.
find_package(Threads REQUIRED)
find_package(Boost 1.81 REQUIRED COMPONENTS json)
find_package(OpenSSL 3.0 REQUIRED)
find_package(SQLite3 3.40 REQUIRED)
find_package(yaml-cpp 0.7 REQUIRED)
find_package(fmt 9.1 REQUIRED)
find_package(spdlog 1.10 REQUIRED)
find_package(pugixml 1.13 REQUIRED)
find_package(date 3.0 REQUIRED)
find_package(CLI11 2.1 REQUIRED)

# Asio and Beast are compiled once.
add_library(asio STATIC ${CMAKE_CURRENT_LIST_DIR}/asio.cpp)
target_compile_definitions(asio PUBLIC BOOST_ASIO_SEPARATE_COMPILATION BOOST_ASIO_NO_DEPRECATED)
target_link_libraries(asio PUBLIC Boost::headers Threads::Threads OpenSSL::SSL)

add_library(beast STATIC ${CMAKE_CURRENT_LIST_DIR}/beast.cpp)
target_compile_definitions(beast PUBLIC BOOST_BEAST_SEPARATE_COMPILATION)
target_link_libraries(beast PUBLIC asio)
