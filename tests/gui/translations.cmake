# SPDX-FileCopyrightText: 2026 IAM Console contributors
# SPDX-License-Identifier: GPL-3.0-or-later
# Brings the sources' strings into a copy of every translation file and looks for what is untranslated or left over.
file(GLOB files "${SOURCE}/translations/*.ts")
if(NOT files)
  message(FATAL_ERROR "no translation files in ${SOURCE}/translations")
endif()
foreach(file IN LISTS files)
  get_filename_component(name "${file}" NAME)
  file(COPY "${file}" DESTINATION "${WORK}")
  execute_process(
    COMMAND "${LUPDATE}" -locations none -silent ui app/console -extensions cpp,h,inl -ts "${WORK}/${name}"
    WORKING_DIRECTORY "${SOURCE}" RESULT_VARIABLE result)
  if(result)
    message(FATAL_ERROR "lupdate failed on ${name}: ${result}")
  endif()
  file(READ "${WORK}/${name}" text)
  string(REGEX MATCHALL "<source>[^<]*</source>[^<]*(<[^t][^>]*>[^<]*</[^>]*>[^<]*)*<translation type=\"[a-z]+\"" faults "${text}")
  string(REGEX MATCH "<translation>[ \n]*</translation>" empty "${text}")
  if(faults OR empty)
    list(JOIN faults "\n" faults)
    message(FATAL_ERROR "${name}: untranslated, vanished or empty (cmake --build … --target update-translations):\n${faults}${empty}")
  endif()
endforeach()
message(STATUS "complete: ${files}")
