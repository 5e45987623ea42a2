/* The commands and options of the program, in one table each. Parsing, help, the manual page and the shells'
 * completion are made from them. Knows no command's work, reads no environment, prints nothing. */
#ifndef DSR_CLI_OPTIONS_H
#define DSR_CLI_OPTIONS_H

#include "base/status.h"

typedef enum dsr_command {
    DSR_COMMAND_READ,
    DSR_COMMAND_EXTRACT,
    DSR_COMMAND_ANNOTATE,
    DSR_COMMAND_NAMES,
    DSR_COMMAND_TIMES,
    DSR_COMMAND_FIGURES,
    DSR_COMMAND_QUOTES,
    DSR_COMMAND_EVENTS,
    DSR_COMMAND_POSITIONS,
    DSR_COMMAND_LINT_RULES,
    DSR_COMMAND_IMPORT_RULES,
    DSR_COMMAND_COPIES,
    DSR_COMMAND_BRIEF,
    DSR_COMMAND_ADD,
    DSR_COMMAND_WATCH,
    DSR_COMMAND_STORIES,
    DSR_COMMAND_SHOW,
    DSR_COMMAND_WHY,
    DSR_COMMAND_DIFF,
    DSR_COMMAND_CHECK,
    DSR_COMMAND_OUTLETS,
    DSR_COMMAND_REMOVE,
    DSR_COMMAND_MEND,
    DSR_COMMAND_VERIFY,
    DSR_COMMAND_VERSION,
    DSR_COMMAND_HELP,
    DSR_COMMANDS
} dsr_command;

typedef struct dsr_example {
    const char *call, *what;
} dsr_example;
enum { DSR_EXAMPLES = 3 };

typedef struct dsr_command_info {
    const char *name;
    const char *operands;               /* "FILE..."; "" for none */
    unsigned least, most;               /* how many operands it takes */
    const char *summary;                /* one line of the overview */
    const char *text;                   /* what it does, and its exit statuses where they need a word */
    dsr_example examples[DSR_EXAMPLES]; /* call NULL: none */
} dsr_command_info;
/* By command; [DSR_COMMANDS]. */
extern const dsr_command_info dsr_command_infos[];

typedef enum dsr_colour { DSR_COLOUR_AUTO, DSR_COLOUR_ALWAYS, DSR_COLOUR_NEVER } dsr_colour;

/* What a call asks for. Text is lent by argv. */
typedef struct dsr_settings {
    dsr_command command;
    bool json, csv, all, alone, conllu, quiet, help;
    unsigned jobs, width; /* 0: not given */
    unsigned min_reports; /* of `stories`; 0: not given */
    const char *colour;   /* NULL: not given */
    const char *store, *meta, *published, *outlet, *data;
    const char *length;                          /* of the account: "short", "full"; NULL: not given */
    const char *speaker, *kind, *min_confidence; /* of `quotes` */
    const char *since, *until, *sort;            /* of `stories`, `diff`, `outlets` */
    const char *claim, *against;                 /* of `check` */
    const char *why, *who;                       /* of `mend` */
    const char *gdelt;                           /* of `events`: "1", "2"; NULL: not given */
    const char *const *operands;
    unsigned operand_count;
} dsr_settings;
/* What --color says. */
dsr_colour dsr_settings_colour(const dsr_settings *settings);

/* A number from 0 to 1, such as ".9", in thousandths: of the digits behind the point three count. False where
 * it is none. */
enum { DSR_CERTAIN = 1000 };
bool dsr_confidence_parse(const char *text, unsigned *thousandths);

typedef enum dsr_option_kind {
    DSR_OPTION_FLAG,
    DSR_OPTION_TEXT,
    DSR_OPTION_NUMBER,
    DSR_OPTION_CHOICE
} dsr_option_kind;

typedef struct dsr_option {
    const char *name;     /* without "--" */
    char letter;          /* 0: none */
    const char *argument; /* what its value is called in the help; NULL for a flag */
    dsr_option_kind kind;
    size_t field;         /* its place in dsr_settings: bool, const char * or unsigned */
    unsigned commands;    /* a bit a command that takes it */
    unsigned least, most; /* of a number */
    const char *choices;  /* of a choice, separated by "|" */
    const char *help;     /* NULL: another spelling of the option before it, left out of the help */
} dsr_option;
/* Ends with a NULL name. */
extern const dsr_option dsr_options[];

/* Reads a call. Options may stand anywhere after the command, "--" ends them, "-" is an operand;
 * "--name=value", "--name value",
 * "-nvalue", "-n value". `argv` is put in another order: operands are gathered at its front. `--help` and
 * `--version` ask for no more than themselves. DSR_ERR_ARGUMENT with one sentence, which names the nearest
 * command or option where one is near. */
dsr_status dsr_settings_parse(int argc, char **argv, dsr_settings *out, dsr_error *error) DSR_MUST_CHECK;

/* The command of that name; DSR_COMMANDS where there is none. */
dsr_command dsr_command_find(const char *name);
/* The nearest name to a mistyped command, or to a mistyped option of `command`; NULL where none is near. */
const char *dsr_command_nearest(const char *name);
const char *dsr_option_nearest(const char *name, dsr_command command);

#endif
