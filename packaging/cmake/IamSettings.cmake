# SPDX-FileCopyrightText: 2026 IAM Console contributors
# SPDX-License-Identifier: GPL-3.0-or-later
# Compiler settings shared by every target.
option(IAM_BUILD_CONSOLE "Build the desktop console" ON)
option(IAM_WERROR "Treat warnings as errors" OFF)
option(IAM_FUZZ "Build the libFuzzer targets (needs clang)" OFF)
set(IAM_SANITIZE "" CACHE STRING "Sanitizers to build with: address,undefined or thread")
include(CTest)

set(CMAKE_CXX_STANDARD 20)
set(CMAKE_CXX_STANDARD_REQUIRED ON)
set(CMAKE_CXX_EXTENSIONS OFF)
set(CMAKE_EXPORT_COMPILE_COMMANDS ON)
set(CMAKE_POSITION_INDEPENDENT_CODE ON)
if(NOT CMAKE_BUILD_TYPE)
  set(CMAKE_BUILD_TYPE RelWithDebInfo CACHE STRING "" FORCE)
endif()

find_program(IAM_CCACHE ccache)
if(IAM_CCACHE)
  # Precompiled headers are safe to cache only with these sloppiness settings (ccache manual, "Precompiled headers").
  set(CMAKE_CXX_COMPILER_LAUNCHER "${CMAKE_COMMAND}" -E env
      CCACHE_SLOPPINESS=pch_defines,time_macros,include_file_mtime,include_file_ctime "${IAM_CCACHE}")
  if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU")
    add_compile_options(-fpch-preprocess)
  endif()
endif()

add_compile_options(-Wall -Wextra -Wpedantic -Wshadow -Wnon-virtual-dtor -Woverloaded-virtual -Wimplicit-fallthrough)
if(CMAKE_UNITY_BUILD AND CMAKE_CXX_COMPILER_ID STREQUAL "GNU")
  # Every source is an #include there, so GCC takes its anonymous namespace for a header's.
  add_compile_options(-Wno-subobject-linkage)
endif()
if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU" AND CMAKE_CXX_COMPILER_VERSION VERSION_LESS 13)
  # GCC 12 sees overruns inside inlined std::string operations that are not there (GCC bugs 105329, 105651), and
  # uninitialized members in moved std::variants (GCC bug 105562 and its likes).
  add_compile_options(-Wno-array-bounds -Wno-restrict -Wno-stringop-overflow -Wno-stringop-overread
                      -Wno-maybe-uninitialized)
endif()
if(IAM_WERROR)
  add_compile_options(-Werror)
endif()
add_compile_definitions(QT_NO_CAST_FROM_ASCII QT_NO_CAST_TO_ASCII QT_NO_KEYWORDS QT_NO_FOREACH
                        QT_DISABLE_DEPRECATED_BEFORE=0x060400)
if(IAM_SANITIZE)
  add_compile_options(-fsanitize=${IAM_SANITIZE} -fno-omit-frame-pointer -fno-sanitize-recover=all)
  add_link_options(-fsanitize=${IAM_SANITIZE})
endif()
add_link_options(-Wl,--as-needed)
