# SPDX-License-Identifier: Apache-2.0
#
# Program, library with headers and CMake package, man pages, codebooks and samples.
include(CMakePackageConfigHelpers)

install(TARGETS fangtan_program RUNTIME DESTINATION ${CMAKE_INSTALL_BINDIR})
install(TARGETS fangtan EXPORT fangtanTargets ARCHIVE DESTINATION ${CMAKE_INSTALL_LIBDIR})
install(DIRECTORY ${PROJECT_SOURCE_DIR}/lib/fangtan DESTINATION ${CMAKE_INSTALL_INCLUDEDIR} FILES_MATCHING PATTERN "*.hpp")
install(EXPORT fangtanTargets NAMESPACE fangtan:: DESTINATION ${CMAKE_INSTALL_LIBDIR}/cmake/fangtan)

configure_package_config_file(${PROJECT_SOURCE_DIR}/cmake/fangtanConfig.cmake.in ${PROJECT_BINARY_DIR}/fangtanConfig.cmake
                              INSTALL_DESTINATION ${CMAKE_INSTALL_LIBDIR}/cmake/fangtan)
write_basic_package_version_file(${PROJECT_BINARY_DIR}/fangtanConfigVersion.cmake COMPATIBILITY SameMinorVersion)
install(FILES ${PROJECT_BINARY_DIR}/fangtanConfig.cmake ${PROJECT_BINARY_DIR}/fangtanConfigVersion.cmake
        DESTINATION ${CMAKE_INSTALL_LIBDIR}/cmake/fangtan)

foreach(section 1 5 7)
    file(GLOB pages ${PROJECT_SOURCE_DIR}/man/*.${section})
    install(FILES ${pages} DESTINATION ${CMAKE_INSTALL_MANDIR}/man${section})
endforeach()
install(DIRECTORY ${PROJECT_SOURCE_DIR}/codebooks ${PROJECT_SOURCE_DIR}/samples DESTINATION ${CMAKE_INSTALL_DATADIR}/fangtan
        PATTERN "run.sh" EXCLUDE)
install(FILES ${PROJECT_SOURCE_DIR}/README.md ${PROJECT_SOURCE_DIR}/LICENSE ${PROJECT_SOURCE_DIR}/CHANGELOG.md
        DESTINATION ${CMAKE_INSTALL_DOCDIR})
