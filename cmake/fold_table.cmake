# SPDX-License-Identifier: Apache-2.0
#
# Generates lib/fangtan/text's fold table from OpenCC's dictionaries and ICU's data.
find_program(OPENCC_DICT opencc_dict REQUIRED)
find_path(OPENCC_DATA_FOLDER TSCharacters.ocd2 PATHS /usr/share/opencc /usr/local/share/opencc REQUIRED)

add_executable(generate_fold_table ${PROJECT_SOURCE_DIR}/lib/fangtan/text/generate_fold_table.cpp)
target_link_libraries(generate_fold_table PRIVATE fangtan_settings PkgConfig::ICU OpenSSL::Crypto)

set(fold_table_folder ${PROJECT_BINARY_DIR}/generated)
file(MAKE_DIRECTORY ${fold_table_folder})
set(fold_dictionaries)
foreach(name TSCharacters STCharacters STPhrases TWVariants HKVariants TWVariantsRev HKVariantsRev)
    add_custom_command(
        OUTPUT ${fold_table_folder}/${name}.txt
        COMMAND ${OPENCC_DICT} -i ${OPENCC_DATA_FOLDER}/${name}.ocd2 -f ocd2 -t text -o ${fold_table_folder}/${name}.txt
        DEPENDS ${OPENCC_DATA_FOLDER}/${name}.ocd2
        VERBATIM)
    list(APPEND fold_dictionaries ${fold_table_folder}/${name}.txt)
endforeach()
set(FANGTAN_FOLD_TABLE ${fold_table_folder}/fold_table.cpp)
add_custom_command(
    OUTPUT ${FANGTAN_FOLD_TABLE}
    COMMAND generate_fold_table ${FANGTAN_FOLD_TABLE} ${fold_dictionaries}
    DEPENDS generate_fold_table ${fold_dictionaries}
    VERBATIM)
