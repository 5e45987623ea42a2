/* What the commands share: the open engine, checked output, lines on standard error, and the exit status. */
#ifndef DSR_CLI_OUTPUT_H
#define DSR_CLI_OUTPUT_H

#include "cli/environment.h"
#include "cli/lines.h"
#include "cli/options.h"
#include "cli/progress.h"
#include "engine/engine.h"

/* The contract's exit statuses, and that of a checked draft. A call that was stopped and one whose reader
 * went away have failed. */
enum {
    DSR_EXIT_OK = 0,
    DSR_EXIT_FAILED = 1,
    DSR_EXIT_CALL = 2,
    DSR_EXIT_SET_ASIDE = 3,
    DSR_EXIT_CONTRADICTED = 4
};

/* One run of a command. */
typedef struct dsr_session {
    const dsr_settings *settings;
    dsr_look look;
    dsr_cancel *cancel;
    dsr_arena *arena;   /* for the whole run */
    dsr_arena *record;  /* for one record or page; reset after each */
    dsr_engine *engine; /* NULL until opened */
    const char *store;  /* its path, where the command has one */
    dsr_progress_line progress;
    dsr_error error;
    dsr_buffer out; /* what goes to standard output */
    bool out_is_terminal;
    int out_failure;  /* errno of the write that failed; 0: none */
    uint64_t records; /* shown so far */
    uint64_t inputs;  /* read or set aside */
    uint64_t set_aside;
    uint64_t kept;     /* new reports that the store has taken for good */
    bool contradicted; /* a draft, by a report */
    bool failed;       /* something failed that was told already */
} dsr_session;

dsr_status dsr_session_open(dsr_session *session, const dsr_settings *settings,
                            dsr_cancel *cancel) DSR_MUST_CHECK;
/* Sends what is left, closes everything, says what failed, and gives the exit status. `status` is how the
 * command ended. */
int dsr_session_close(dsr_session *session, dsr_status status);

typedef enum dsr_place {
    DSR_PLACE_MEMORY, /* straight from files */
    DSR_PLACE_READ,   /* a store that is there */
    DSR_PLACE_CHANGE, /* a store that is there, to be changed */
    DSR_PLACE_MAKE    /* a store that is made where it is missing, with its folder */
} dsr_place;
/* Where word lists and rules stand: Dossier's own, and the user's (NULL: none). */
dsr_status dsr_session_data_folders(dsr_session *session, const char **data,
                                    const char **user) DSR_MUST_CHECK;
/* Opens the engine. On failure the detail is in session->error. */
dsr_status dsr_session_open_engine(dsr_session *session, dsr_place place) DSR_MUST_CHECK;
/* The operands and options as the engine's inputs. */
dsr_inputs dsr_session_inputs(const dsr_session *session);

/* Says on standard error that an input was set aside, and counts it. */
void dsr_session_set_aside(dsr_session *session, const dsr_outcome *outcome);
/* A sink that only does this: for commands that show nothing of single inputs. */
dsr_outcome_sink dsr_session_quiet_sink(dsr_session *session);
/* Takes the FILEs into the memory store: what `extract`, `copies` and `brief` begin with. */
dsr_status dsr_session_take_files(dsr_session *session, bool settle) DSR_MUST_CHECK;

/* Sends session->out where enough has gathered; a failure is told when the session is closed. */
void dsr_session_send(dsr_session *session);
/* Sends all of it, for those who wait for it. */
void dsr_session_send_all(dsr_session *session);
/* A record or page stands whole in session->out: sends it where enough has gathered. DSR_ERR_MEMORY or
 * DSR_ERR_IO where it is lost; the engine is then asked to stop. */
dsr_status dsr_session_end_record(dsr_session *session) DSR_MUST_CHECK;
/* Shows a story: a page, or a line of JSON. */
dsr_status dsr_session_show_story(dsr_session *session, const dsr_story *story) DSR_MUST_CHECK;

/* Lines on standard error, after what was shown so far and without the line of progress. */
void dsr_session_say(dsr_session *session, dsr_slice text);
/* Names the operand in session->error where it names nothing yet. */
void dsr_session_name_operand(dsr_session *session, const char *operand);
/* Says session->error there; the run counts as failed. */
void dsr_session_say_error(dsr_session *session);

#endif
