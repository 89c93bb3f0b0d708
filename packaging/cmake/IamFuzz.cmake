# SPDX-FileCopyrightText: 2026 IAM Console contributors
# SPDX-License-Identifier: GPL-3.0-or-later
#
#   iam_fuzz_target(<name> SOURCES <files…> [LINKS <iam libraries…>] [PACKAGES <targets…>] [CORPUS <folder>])
#
# SOURCES define `extern "C" int LLVMFuzzerTestOneInput(const uint8_t*, size_t)`.
# Always: a test fuzz_<name> that runs the entry once over every file of CORPUS (default: corpus/ beside the
# CMakeLists.txt), with the usual compiler, so that the fuzzer never rots and what it once found stays found.
# With -DIAM_FUZZ=ON under clang: the fuzzer itself, with address and undefined behaviour sanitizers; run it with
#   build/fuzz/tests/fuzz/<folder>/fuzz_<name> -max_total_time=600 NEW_CORPUS tests/fuzz/<folder>/corpus
if(IAM_FUZZ)
  if(NOT CMAKE_CXX_COMPILER_ID MATCHES "Clang")
    message(FATAL_ERROR "IAM_FUZZ needs clang: cmake -B build/fuzz -G Ninja -DIAM_FUZZ=ON -DCMAKE_CXX_COMPILER=clang++")
  endif()
  # Every library gets the coverage counters; only the fuzzers get libFuzzer's main.
  add_compile_options(-fsanitize=fuzzer-no-link,address,undefined -fno-omit-frame-pointer)
  add_link_options(-fsanitize=address,undefined)
endif()

function(iam_fuzz_target name)
  cmake_parse_arguments(PARSE_ARGV 1 arg "" "CORPUS" "SOURCES;LINKS;PACKAGES")
  if(NOT arg_SOURCES OR arg_UNPARSED_ARGUMENTS)
    message(FATAL_ERROR "iam_fuzz_target(${name}): SOURCES are required; not understood: ${arg_UNPARSED_ARGUMENTS}")
  endif()
  if(NOT arg_CORPUS)
    set(arg_CORPUS "${CMAKE_CURRENT_SOURCE_DIR}/corpus")
  endif()
  list(TRANSFORM arg_LINKS PREPEND iam_)
  add_executable(fuzzreplay_${name} ${arg_SOURCES} "${CMAKE_SOURCE_DIR}/tests/fuzz/replaymain.cpp")
  target_link_libraries(fuzzreplay_${name} PRIVATE ${arg_LINKS} ${arg_PACKAGES})
  add_test(NAME fuzz_${name} COMMAND fuzzreplay_${name} "${arg_CORPUS}")
  set_tests_properties(fuzz_${name} PROPERTIES LABELS "fuzz;unit" TIMEOUT 120)
  if(IAM_FUZZ)
    add_executable(fuzz_${name} ${arg_SOURCES})
    target_link_libraries(fuzz_${name} PRIVATE ${arg_LINKS} ${arg_PACKAGES})
    target_link_options(fuzz_${name} PRIVATE -fsanitize=fuzzer)
  endif()
endfunction()
