# SPDX-FileCopyrightText: 2026 IAM Console contributors
# SPDX-License-Identifier: GPL-3.0-or-later
#
#   iam_test(<name> SOURCES <files…> [LINKS <iam libraries…>] [PACKAGES <targets…>] [LABELS <labels…>] [TIMEOUT <s>]
#            [ARGUMENTS <…>] [GUI])
#
# One Qt Test program per call, run offscreen, with a private home so that no test touches the user's data.
# The precompiled header of a room (server, ui) is made once for all tests: most of them have so few translation units
# that making one for each would cost more than it saves.
function(iam_reuse_precompiled target room)
  set(precompiled precompiled_${room}_tests)
  if(NOT TARGET ${precompiled})
    set(main "${CMAKE_BINARY_DIR}/${precompiled}.cpp")
    file(CONFIGURE OUTPUT "${main}" CONTENT "int main() {}\n")
    add_executable(${precompiled} "${main}") # a library would be compiled with other options
    target_compile_options(${precompiled} PRIVATE -pthread)
    if(room STREQUAL "ui")
      target_link_libraries(${precompiled} PRIVATE Qt6::Widgets)
    else()
      target_link_libraries(${precompiled} PRIVATE Qt6::Core)
    endif()
    target_precompile_headers(${precompiled} PRIVATE "${CMAKE_SOURCE_DIR}/${room}/precompiled.h")
  endif()
  # Some packages ask for -pthread; one header serves only equal options.
  target_compile_options(${target} PRIVATE -pthread)
  target_precompile_headers(${target} REUSE_FROM ${precompiled})
endfunction()

function(iam_test name)
  cmake_parse_arguments(PARSE_ARGV 1 arg "GUI" "TIMEOUT" "SOURCES;LINKS;PACKAGES;LABELS;ARGUMENTS")
  if(NOT arg_SOURCES OR arg_UNPARSED_ARGUMENTS)
    message(FATAL_ERROR "iam_test(${name}): SOURCES are required; not understood: ${arg_UNPARSED_ARGUMENTS}")
  endif()
  if(NOT arg_TIMEOUT)
    set(arg_TIMEOUT 120)
  endif()
  list(TRANSFORM arg_LINKS PREPEND iam_)
  add_executable(test_${name} ${arg_SOURCES})
  set_target_properties(test_${name} PROPERTIES AUTOMOC ON)
  target_link_libraries(test_${name} PRIVATE ${arg_LINKS} ${arg_PACKAGES} Qt6::Test)
  target_include_directories(test_${name} PRIVATE "${CMAKE_SOURCE_DIR}/tests")
  target_compile_definitions(test_${name} PRIVATE IAM_TEST_DATA="${CMAKE_SOURCE_DIR}/tests/data")
  if(arg_GUI)
    iam_reuse_precompiled(test_${name} ui)
  else()
    iam_reuse_precompiled(test_${name} server)
  endif()
  add_test(NAME ${name} COMMAND test_${name} ${arg_ARGUMENTS})
  set(home "${CMAKE_BINARY_DIR}/test-home/${name}")
  file(MAKE_DIRECTORY "${home}")
  set_tests_properties(${name} PROPERTIES TIMEOUT ${arg_TIMEOUT} LABELS "${arg_LABELS}"
    ENVIRONMENT "QT_QPA_PLATFORM=offscreen;HOME=${home};XDG_DATA_HOME=${home}/data;XDG_CONFIG_HOME=${home}/config;XDG_CACHE_HOME=${home}/cache;LC_ALL=C.UTF-8;TZ=UTC")
endfunction()
