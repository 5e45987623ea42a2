/* What the environment says: the store's place, the folders of word lists, colour and width. The only file of
 * the program that reads the environment, through a function that tests replace. */
#ifndef DSR_CLI_ENVIRONMENT_H
#define DSR_CLI_ENVIRONMENT_H

#include "base/arena.h"
#include "cli/options.h"
#include "present/present.h"

/* The value of a variable, NULL where it is not set: getenv. */
typedef const char *(*dsr_variable)(const char *name);

/* The store: --store, $DOSSIER_STORE, $XDG_DATA_HOME/dossier/dossier.store,
 * ~/.local/share/dossier/dossier.store. DSR_ERR_NOT_FOUND where none of them is set. */
dsr_status dsr_environment_store(dsr_arena *arena, dsr_variable get, const dsr_settings *settings,
                                 const char **out, dsr_error *error) DSR_MUST_CHECK;
/* The user's own word lists: $XDG_CONFIG_HOME/dossier or ~/.config/dossier, where that folder exists; else
 * *out is NULL. */
dsr_status dsr_environment_user_folder(dsr_arena *arena, dsr_variable get, const char **out) DSR_MUST_CHECK;
/* --data, $DOSSIER_DATA, else NULL: the one compiled in. */
const char *dsr_environment_data(dsr_variable get, const dsr_settings *settings);

/* Who works here: $USER, else $LOGNAME, else "unknown". */
const char *dsr_environment_user(dsr_variable get);

/* Where a run may put what is too large for memory: $TMPDIR, else /tmp. */
const char *dsr_environment_scratch(dsr_variable get);

/* How pages look on standard output. `columns` is what the terminal says of itself, 0 where it says nothing.
 */
dsr_look dsr_environment_look(dsr_variable get, const dsr_settings *settings, bool is_terminal,
                              unsigned columns);

/* Makes the folders above `path` that are missing, for nobody else to read. DSR_ERR_IO with the folder's
 * name. */
dsr_status dsr_environment_make_parents(const char *path, dsr_error *error) DSR_MUST_CHECK;

#endif
