# SPDX-FileCopyrightText: 2026 IAM Console contributors
# SPDX-License-Identifier: GPL-3.0-or-later
#
#   iam_test(<name> SOURCES <files…> [LINKS <iam libraries…>] [PACKAGES <targets…>] [LABELS <labels…>] [TIMEOUT <s>]
#            [ARGUMENTS <…>] [GUI])
#
# One Qt Test program per call, run offscreen, with a private home so that no test touches the user's data.
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
    target_precompile_headers(test_${name} PRIVATE "${CMAKE_SOURCE_DIR}/ui/precompiled.h")
  else()
    target_precompile_headers(test_${name} PRIVATE "${CMAKE_SOURCE_DIR}/server/precompiled.h")
  endif()
  add_test(NAME ${name} COMMAND test_${name} ${arg_ARGUMENTS})
  set(home "${CMAKE_BINARY_DIR}/test-home/${name}")
  file(MAKE_DIRECTORY "${home}")
  set_tests_properties(${name} PROPERTIES TIMEOUT ${arg_TIMEOUT} LABELS "${arg_LABELS}"
    ENVIRONMENT "QT_QPA_PLATFORM=offscreen;HOME=${home};XDG_DATA_HOME=${home}/data;XDG_CONFIG_HOME=${home}/config;XDG_CACHE_HOME=${home}/cache;LC_ALL=C.UTF-8;TZ=UTC")
endfunction()
