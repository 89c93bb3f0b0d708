# SPDX-FileCopyrightText: 2026 IAM Console contributors
# SPDX-License-Identifier: GPL-3.0-or-later
# The link line is the architecture: every library states its layer, and may link only libraries of lower layers.
#
#   iam_library(<name> LAYER <n> SOURCES <files…> [LINKS <iam libraries…>] [PACKAGES <outside targets…>]
#               [PRIVATE_PACKAGES <outside targets…>] [MOC])
#
# <name> without the prefix; the target is iam_<name>, its headers are included as "<folder>/<file>.h"
# relative to server/ or ui/. LINKS and PACKAGES are public, PRIVATE_PACKAGES stay inside.
# MOC: the server library has classes with Q_OBJECT (in ui/ it is always on).

# What ui/ may take: rooms that touch no disk, no socket and no clock of their own (probe: its own sockets only).
set(IAM_PURE_SERVER_LIBRARIES base contract authz probe cluster_proof cluster_definition cluster_verdict cluster_render cluster_lint)

# Stops the configuration unless `user` (layer, room) may link the iam library `used`.
function(iam_require_downward user user_layer user_room used)
  if(NOT TARGET iam_${used})
    message(FATAL_ERROR "iam_${user}: links iam_${used}, which does not exist (yet): a library may link only lower layers")
  endif()
  get_target_property(used_layer iam_${used} IAM_LAYER)
  get_target_property(used_room iam_${used} IAM_ROOM)
  if(NOT used_layer LESS user_layer)
    message(FATAL_ERROR "iam_${user} (layer ${user_layer}) may not link iam_${used} (layer ${used_layer}): "
                        "links go down a layer, never up or sideways")
  endif()
  if(user_room STREQUAL "ui" AND used_room STREQUAL "server" AND NOT used IN_LIST IAM_PURE_SERVER_LIBRARIES)
    message(FATAL_ERROR "iam_${user}: ui/ may take only ${IAM_PURE_SERVER_LIBRARIES} from server/, not ${used}")
  endif()
  if(user_room STREQUAL "server" AND used_room STREQUAL "ui")
    message(FATAL_ERROR "iam_${user}: server/ may not link ui/ (iam_${used})")
  endif()
endfunction()

function(iam_refuse_iam_targets user)
  foreach(target IN LISTS ARGN)
    if(target MATCHES "^iam_")
      message(FATAL_ERROR "iam_${user}: ${target} belongs under LINKS, where its layer is checked")
    endif()
  endforeach()
endfunction()

function(iam_library name)
  cmake_parse_arguments(PARSE_ARGV 1 arg "MOC" "LAYER" "SOURCES;LINKS;PACKAGES;PRIVATE_PACKAGES")
  if(NOT DEFINED arg_LAYER OR NOT arg_SOURCES OR arg_UNPARSED_ARGUMENTS)
    message(FATAL_ERROR "iam_library(${name}): LAYER and SOURCES are required; not understood: ${arg_UNPARSED_ARGUMENTS}")
  endif()
  cmake_path(RELATIVE_PATH CMAKE_CURRENT_SOURCE_DIR BASE_DIRECTORY "${CMAKE_SOURCE_DIR}" OUTPUT_VARIABLE folder)
  string(REGEX REPLACE "/.*" "" room "${folder}")
  foreach(used IN LISTS arg_LINKS)
    iam_require_downward(${name} ${arg_LAYER} ${room} ${used})
  endforeach()
  iam_refuse_iam_targets(${name} ${arg_PACKAGES} ${arg_PRIVATE_PACKAGES})

  add_library(iam_${name} STATIC ${arg_SOURCES})
  set_target_properties(iam_${name} PROPERTIES IAM_LAYER ${arg_LAYER} IAM_ROOM ${room} IAM_LINKS "${arg_LINKS}")
  target_include_directories(iam_${name} PUBLIC "${CMAKE_SOURCE_DIR}/${room}")
  list(TRANSFORM arg_LINKS PREPEND iam_ OUTPUT_VARIABLE links)
  target_link_libraries(iam_${name} PUBLIC ${links} ${arg_PACKAGES} PRIVATE ${arg_PRIVATE_PACKAGES})
  if(room STREQUAL "ui")
    target_precompile_headers(iam_${name} PRIVATE "${CMAKE_SOURCE_DIR}/ui/precompiled.h")
  else()
    target_precompile_headers(iam_${name} PRIVATE "${CMAKE_SOURCE_DIR}/server/precompiled.h")
  endif()
  if(arg_MOC OR room STREQUAL "ui")
    set_target_properties(iam_${name} PROPERTIES AUTOMOC ON)
  endif()
  set_property(GLOBAL APPEND PROPERTY IAM_LIBRARIES ${name})
endfunction()

# Looks at what the targets really link at the end of the configuration, so that a bare target_link_libraries()
# cannot walk around iam_library().
function(iam_check_layers)
  get_property(libraries GLOBAL PROPERTY IAM_LIBRARIES)
  foreach(name IN LISTS libraries)
    get_target_property(layer iam_${name} IAM_LAYER)
    get_target_property(room iam_${name} IAM_ROOM)
    get_target_property(linked iam_${name} LINK_LIBRARIES)
    foreach(target IN LISTS linked)
      if(target MATCHES "^iam_(.+)$")
        iam_require_downward(${name} ${layer} ${room} ${CMAKE_MATCH_1})
      endif()
    endforeach()
  endforeach()
endfunction()
