/* Every size that input can drive, in one place; each has a test on both sides of it. */
#ifndef DSR_BASE_LIMITS_H
#define DSR_BASE_LIMITS_H

enum {
    DSR_LIMIT_REPORT_BYTES = 16 * 1024 * 1024, /* one report, as read: a file or a record of a container */
    DSR_LIMIT_TEXT_BYTES = 16 * 1024 * 1024,   /* its text in UTF-8 */
    DSR_LIMIT_META_BYTES = 64 * 1024 * 1024,   /* the table of --meta */
    DSR_LIMIT_LEFT_PARTS = 64,                 /* listed of a page */
    DSR_LIMIT_PAGE_DEPTH =
        256, /* elements within each other; deeper ones are passed through, their text kept */
    DSR_LIMIT_PAGE_BLOCKS = 200 * 1000,
    DSR_LIMIT_PAGE_NODES = 1000 * 1000, /* elements and texts of a page; what follows them is not read */
    DSR_LIMIT_META_ROWS = 4 * 1024 * 1024,
    DSR_LIMIT_DATA_BYTES = 32 * 1024 * 1024, /* one word list or rule file of data/ */
    DSR_LIMIT_FIELD_BYTES = 8 * 1024, /* one metadata field: headline, outlet, url, author; longer is cut */
    DSR_LIMIT_AUTHORS = 64,
    DSR_LIMIT_PATH_DEPTH = 64,         /* folders within folders */
    DSR_LIMIT_SOURCE_RUNS = 64 * 1024, /* runs of one source map; past them neighbours are joined */
    DSR_LIMIT_JSON_NESTING = 512,      /* arrays and objects within each other in a report that is read */
    DSR_LIMIT_LINES = 200 * 1000,      /* of a report that are looked at for furniture; the rest is body */
    DSR_LIMIT_WARNINGS = 32,           /* a report */
    DSR_LIMIT_QUOTE_BYTES = 20 * 1024, /* a quotation that does not close within this is no quotation */
    DSR_LIMIT_WORD_BYTES = 256,        /* longer runs of letters are compared by their first bytes */
    DSR_LIMIT_COPY_PARTNERS = 64,      /* earlier carriers with which one report's passage is paired */
    DSR_LIMIT_EDITS = 4096,            /* listed a passage */
    DSR_LIMIT_PACKED_BYTES = 64 * 1024 * 1024, /* one packed record in a store */
    DSR_LIMIT_PATH_BYTES = 64 * 1024,          /* one path that a store remembers with a report */
    DSR_LIMIT_PATHS = 1024,                    /* places remembered with one report; further ones are not */
    DSR_LIMIT_LEARNT_BLOCKS = 1024 * 1024,     /* that a store remembers as furniture */
    DSR_LIMIT_CAST_VARIANTS = 16,              /* spellings listed of one of a story's cast */
    DSR_LIMIT_CAST_ROLES = 12,                 /* roles listed of one of a story's cast */
    DSR_LIMIT_TIMELINE = 1000,                 /* entries of one story's timeline */
    DSR_LIMIT_STORY_FIGURES = 1000,            /* things counted that one story lists */
    DSR_LIMIT_STATEMENTS = 2000,               /* facts that one story lists */
    DSR_LIMIT_STATEMENT_UNITS = 262144,        /* sentences of one story that are compared */
    DSR_LIMIT_STATEMENT_EDGES = 2097152,       /* likely pairs of them */
    DSR_LIMIT_DISAGREEMENTS = 500,             /* that one story lists */
    DSR_LIMIT_TOLD_CARRIERS = 256,             /* sentences listed of one entry of either */
    DSR_LIMIT_TOLD_KEYS = 64,                  /* words and names by which one sentence is compared */
    DSR_LIMIT_FINDER_KEYS = 4096,              /* words and names by which one report is found */
    DSR_LIMIT_OUTLETS = 64 * 1024,             /* told apart by name */
    DSR_LIMIT_CHECK_SENTENCES = 1000,          /* of a draft that are checked */
    DSR_LIMIT_CHECK_REPORTS = 256,             /* with which one draft is compared */
    DSR_LIMIT_CHECK_LINES = 65536,             /* sentences of those reports */
    DSR_LIMIT_MODEL_BYTES = 64 * 1024 * 1024,  /* one model file */
    DSR_LIMIT_MODEL_FORMS = 4096,              /* frequent forms that a model of syntax lists */
    DSR_LIMIT_QUOTE_WORDS = 4096,       /* of one quotation that are compared; further ones are shown only */
    DSR_LIMIT_QUOTE_REPEATS = 16,       /* of one quotation in one report that are looked at */
    DSR_LIMIT_QUOTE_CELLS = 256 * 1024, /* words of one version by those of another that are aligned */
    DSR_LIMIT_PARSED_TOKENS =
        400, /* parsed in one piece; a longer sentence is cut into pieces and joined again */
    DSR_LIMIT_NAME_TOKENS = 40,        /* of a name; a longer run is no name */
    DSR_LIMIT_NAME_WINDOW = 32 * 1024, /* tokens of a report between which names are remembered */
    DSR_LIMIT_RULES = 65536,           /* lines of one file of coding rules */
    DSR_LIMIT_RULE_FLAWS = 1000,       /* listed of rule files; further ones are only left out */
    DSR_LIMIT_RULE_MEMBERS =
        1024 * 1024,               /* words of all classes of rules, each counted where it is taken in */
    DSR_LIMIT_RULES_TRIED = 64,    /* of those that begin with one word; further ones never fire */
    DSR_LIMIT_RULE_DEPTH = 16,     /* classes within each other */
    DSR_LIMIT_EVENTS = 4096,       /* of one report, and as many positions */
    DSR_LIMIT_EVENT_ACTORS = 12,   /* of one event on each side */
    DSR_LIMIT_NUMBER_GROUPS = 64,  /* "1,234,567": groups of digits in one number; a longer row is several */
    DSR_LIMIT_INTAKE_BATCH = 512,  /* reports that one transaction of `add` takes in */
    DSR_LIMIT_MERGERS = 64 * 1024, /* from a story to the one into which it was merged in the end */
    DSR_LIMIT_OPEN_STORIES = 1024 * 1024, /* that may take reports; the least recently touched end first */
    DSR_LIMIT_STREAM_TERMS =
        6 * 1024 * 1024,                 /* words and names counted; past them the rarest are forgotten */
    DSR_LIMIT_CORRECTIONS = 64 * 1024,   /* in one store, those that were undone too */
    DSR_LIMIT_CORRECTION_REPORTS = 256,  /* that one correction names */
    DSR_LIMIT_CORRECTION_BYTES = 4096,   /* of who says it, of why, and of an entity's id, each */
    DSR_LIMIT_REPORTS = 16 * 1024 * 1024 /* reports in one store or call (24 bits of a fingerprint) */
};

#endif
