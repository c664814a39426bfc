# SPDX-License-Identifier: Apache-2.0
#
# Generates lib/fangtan/text's vocabulary tables from libime's model and dictionary.
set(FANGTAN_VOCABULARY ${PROJECT_BINARY_DIR}/generated/vocabulary_table.cpp)
set(vocabulary_words ${PROJECT_BINARY_DIR}/generated/libime_words.txt)
add_custom_command(
    OUTPUT ${vocabulary_words}
    COMMAND ${LIBIME_PINYINDICT} -d ${LIBIME_DICTIONARY} ${vocabulary_words}
    DEPENDS ${LIBIME_DICTIONARY}
    VERBATIM)
add_executable(generate_vocabulary
    ${FANGTAN_FOLD_TABLE}
    ${PROJECT_SOURCE_DIR}/lib/fangtan/text/fold.cpp
    ${PROJECT_SOURCE_DIR}/lib/fangtan/text/generate_vocabulary.cpp
    ${PROJECT_SOURCE_DIR}/lib/fangtan/text/utf8.cpp
    ${PROJECT_SOURCE_DIR}/lib/fangtan/text/vocabulary_fingerprint.cpp
    ${PROJECT_SOURCE_DIR}/lib/fangtan/text/character.cpp)
target_include_directories(generate_vocabulary PRIVATE ${PROJECT_SOURCE_DIR}/lib)
target_link_libraries(generate_vocabulary PRIVATE fangtan_settings PkgConfig::ICU PkgConfig::UTF8PROC simdjson::simdjson LibIME::Core)
add_custom_command(
    OUTPUT ${FANGTAN_VOCABULARY}
    COMMAND generate_vocabulary ${FANGTAN_VOCABULARY} ${FANGTAN_LANGUAGE_MODEL} ${vocabulary_words}
    DEPENDS generate_vocabulary ${vocabulary_words} ${FANGTAN_LANGUAGE_MODEL}
    VERBATIM)
