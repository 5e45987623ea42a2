/* One story: its reports and what Dossier knows of them together. Plain data in one arena. */
#ifndef DSR_MODEL_STORY_H
#define DSR_MODEL_STORY_H

#include "model/report.h"

typedef enum dsr_edit_kind {
    DSR_EDIT_HEDGE, /* certainty changed: "weapons" -> "alleged weapons", "no sign of a fire" -> "no fire" */
    DSR_EDIT_NUMBER,
    DSR_EDIT_NAME,     /* another name, not another spelling */
    DSR_EDIT_ADDITION, /* only in `to` */
    DSR_EDIT_DELETION, /* only in `from` */
    DSR_EDIT_WORDING,
    DSR_EDIT_STYLE /* spelling, punctuation, US / United States */
} dsr_edit_kind;
enum { DSR_EDIT_KINDS = DSR_EDIT_STYLE + 1 };
const char *dsr_edit_kind_name(dsr_edit_kind kind);

/* One difference inside a passage; its texts are the texts at its spans. An empty span stands where the words
 * are missing. */
typedef struct dsr_edit {
    dsr_span from, to;
    dsr_edit_kind kind;
} dsr_edit;

typedef struct dsr_passage {
    dsr_span from, to;
    uint32_t words;         /* words that stand in both, edits left out */
    uint32_t words_in_runs; /* those of them that follow each other in runs of at least seven: what counts as
                               copied */
    uint32_t words_quoted;  /* of the words in runs, those that stand in quotation marks */
    DSR_LIST(dsr_edit) edits; /* by place; together with the copied words they make up both spans */
} dsr_passage;

typedef enum dsr_direction {
    DSR_DIRECTION_UNKNOWN,
    DSR_DIRECTION_FROM_TO, /* `to` took from `from` */
    DSR_DIRECTION_TO_FROM,
    DSR_DIRECTION_COMMON_SOURCE
} dsr_direction;
const char *dsr_direction_name(dsr_direction direction);

/* Two reports that share copied text. */
typedef struct dsr_reuse {
    uint32_t from, to; /* indexes into the list of reports that it is handed on with */
    dsr_direction direction;
    dsr_slice wire; /* the agency whose text both carry, where the texts say so; else no value */
    dsr_slice why;  /* one sentence: what the direction rests on */
    uint32_t words, words_quoted;        /* in runs, over all passages */
    uint32_t words_of_from, words_of_to; /* all words of each text: what the shares are shares of */
    DSR_LIST(dsr_passage) passages;      /* by place in `from` */
} dsr_reuse;
uint32_t dsr_reuse_share_of_from(const dsr_reuse *reuse); /* thousandths, rounded */
uint32_t dsr_reuse_share_of_to(const dsr_reuse *reuse);

typedef struct dsr_story_report {
    const dsr_report *report;
    dsr_slice handle; /* short, unique in the story: "000" */
    uint32_t words;   /* all words of its text */
    uint32_t
        share_copied; /* thousandths of its words that stand in some other report of the story too, copied */
} dsr_story_report;

/* What a report says that somebody is, at its place there. */
typedef struct dsr_cast_role {
    dsr_slice text;
    uint32_t report; /* index into the story's reports */
    dsr_span span;
} dsr_cast_role;

/* A spelling, and the reports that have it, in order. */
typedef struct dsr_cast_variant {
    dsr_slice text;
    DSR_LIST(uint32_t) reports;
} dsr_cast_variant;

/* An entity of single reports that was found to be this one. */
typedef struct dsr_cast_member {
    dsr_slice entity;
    dsr_slice why; /* one phrase; no value for the entity that the entry has its own id from */
} dsr_cast_member;

/* Somebody or something that the story names. */
typedef struct dsr_cast_entry {
    dsr_slice entity; /* the id of its most often named member */
    dsr_slice canonical;
    dsr_name_type type;
    DSR_LIST(dsr_cast_member) members;   /* by id; its own among them */
    DSR_LIST(dsr_cast_role) roles;       /* in the order of the reports, each wording once */
    DSR_LIST(dsr_cast_variant) variants; /* the most often used first; of persons full names before others */
    uint32_t mentions;                   /* names in all reports */
    uint32_t reports;                    /* that name it */
} dsr_cast_entry;

/* A sentence that tells something, and the report it stands in. */
typedef struct dsr_carrier {
    uint32_t report; /* index into the story's reports */
    dsr_span sentence;
    dsr_span clause; /* the part of the sentence that tells it */
    dsr_span at;     /* the time, the figure */
    uint32_t voice;  /* carriers of one number are one voice: one report, or one text that several copied */
    bool lead;       /* the one of its voice from which the others took, as far as is known */
} dsr_carrier;

/* What happened or is to happen at a time. */
typedef struct dsr_timeline_entry {
    int32_t earliest, latest; /* days since 1970-01-01, end exclusive; always known */
    dsr_realis realis;
    uint32_t shown;                 /* index into carriers: the one whose words are shown */
    uint32_t statement;             /* index into statements; DSR_NO_STATEMENT */
    uint32_t reports, independent;  /* that carry it; voices */
    DSR_LIST(dsr_carrier) carriers; /* by report and place, at most DSR_LIMIT_TOLD_CARRIERS */
} dsr_timeline_entry;

/* A figure of one report. */
typedef struct dsr_figure_value {
    dsr_carrier carrier;
    uint32_t figure; /* index into the report's figures */
} dsr_figure_value;

/* Figures of one thing. */
typedef struct dsr_story_figure {
    uint32_t thing_from; /* index into values: the one whose words name the thing */
    bool agree;          /* all can be the same value: bounds, ranges and hedges considered */
    bool differ;         /* the numbers are not the same */
    const char *why;     /* one phrase */
    uint32_t reports, independent;
    DSR_LIST(dsr_figure_value) values; /* by value, then report and place; at most DSR_LIMIT_TOLD_CARRIERS */
} dsr_story_figure;

/* How a report's words of a quotation stand to the fullest version. */
typedef enum dsr_variant_kind {
    DSR_VARIANT_SAME, /* the same words, whatever their marks, case and spelling of letters */
    DSR_VARIANT_CUT,  /* words left out, none added */
    DSR_VARIANT_CHANGED,
    DSR_VARIANT_KINDS
} dsr_variant_kind;
const char *dsr_variant_kind_name(dsr_variant_kind kind);

typedef DSR_LIST(dsr_span) dsr_spans;

/* A quotation as one report has it. */
typedef struct dsr_quote_variant {
    uint32_t report; /* index into the story's reports */
    dsr_span span;   /* from its first part to its last */
    dsr_spans parts; /* each with its marks; more than one of a split quotation */
    dsr_variant_kind kind;
    dsr_spans left_out; /* in the text of the first variant: what this one lacks, by place */
    dsr_spans added;    /* in its own text: what the first one lacks */
    dsr_slice speaker;  /* as this report has it; no value where it names none */
    bool named;         /* by a name */
    bool otherwise;     /* it names somebody else, and is fairly sure of it */
    bool taken_over;    /* the quotation's speaker was named by other reports only */
    uint16_t confidence;
    dsr_said_how how;
} dsr_quote_variant;

/* What somebody said, by all reports that quote it. */
typedef struct dsr_story_quote {
    uint32_t speaker; /* index into cast; DSR_NO_ENTITY */
    dsr_slice
        speaker_name; /* canonical, or a report's words for somebody without a name; may have no value */
    dsr_slice speaker_entity; /* may have no value */
    uint16_t confidence;      /* of the most certain report; 0 without a speaker */
    dsr_slice why;            /* one phrase: which reports the speaker rests on; no value for one report */
    dsr_quote_kind kind;
    dsr_slice text;    /* of the first variant, with its marks; parts joined by an ellipsis */
    dsr_slice said_on; /* ISO 8601 as precise as known; may have no value */
    int32_t said_day;  /* its first day; DSR_NO_DAY */
    dsr_medium medium;
    dsr_slice audience;                   /* may have no value */
    uint32_t words;                       /* of the first variant */
    uint32_t reports;                     /* that quote it */
    DSR_LIST(dsr_quote_variant) variants; /* the fullest first, then in the order of the reports */
} dsr_story_quote;

/* What sort of thing a statement tells. */
typedef enum dsr_statement_kind {
    DSR_STATEMENT_FACT,
    DSR_STATEMENT_EVENT,      /* on a known day */
    DSR_STATEMENT_PLAN,       /* to come when it was told */
    DSR_STATEMENT_BACKGROUND, /* half a year and more before */
    DSR_STATEMENT_QUOTE,      /* words that several reports quote */
    DSR_STATEMENT_FIGURE,     /* a number of one thing */
    DSR_STATEMENT_KINDS
} dsr_statement_kind;
const char *dsr_statement_kind_name(dsr_statement_kind kind);

/* On whom a statement leans. */
typedef enum dsr_lean_kind {
    DSR_LEAN_NAMED,    /* a person or body that is named */
    DSR_LEAN_UNNAMED,  /* "an official" */
    DSR_LEAN_DOCUMENT, /* a letter, a statement in writing, a paper */
    DSR_LEAN_OWN,      /* told without a source: the newsroom's own word */
    DSR_LEAN_KINDS
} dsr_lean_kind;
const char *dsr_lean_kind_name(dsr_lean_kind kind);
typedef struct dsr_lean {
    dsr_lean_kind kind;
    dsr_slice who; /* no value for the newsroom's own word */
} dsr_lean;

/* A carrier, and to whom it ascribes what it tells. */
typedef struct dsr_statement_carrier {
    dsr_carrier carrier;     /* `at`: the clause */
    dsr_slice attributed_to; /* no value: to nobody */
    dsr_lean_kind lean;
    bool heading; /* a headline or standfirst: the body does not tell it */
} dsr_statement_carrier;

/* One fact, by all that tell it. */
typedef struct dsr_statement {
    dsr_id id;
    dsr_statement_kind kind;
    uint32_t shown; /* index into carriers: the one whose words are shown */
    uint32_t reports, independent;
    uint32_t rank;            /* the number, in its report, of the first sentence that tells it */
    uint32_t first;           /* the report that had it first, where the dates tell; DSR_NO_REPORT */
    int32_t earliest, latest; /* days since 1970-01-01, end exclusive; DSR_NO_DAY */
    dsr_slice place;          /* may have no value */
    DSR_LIST(dsr_statement_carrier) carriers; /* by report and place, at most DSR_LIMIT_TOLD_CARRIERS */
    DSR_LIST(dsr_lean) origins;               /* the most often named first */
} dsr_statement;
#define DSR_NO_REPORT    UINT32_MAX
#define DSR_NO_STATEMENT UINT32_MAX

typedef enum dsr_disagreement_kind {
    DSR_DISAGREE_FIGURE,
    DSR_DISAGREE_DATE,
    DSR_DISAGREE_DENIAL,
    DSR_DISAGREE_QUOTE,
    DSR_DISAGREE_NAME,
    DSR_DISAGREE_EDIT,
    DSR_DISAGREE_KINDS
} dsr_disagreement_kind;
const char *dsr_disagreement_kind_name(dsr_disagreement_kind kind);

/* What one report says of it. */
typedef struct dsr_disagreement_side {
    dsr_carrier carrier; /* `at`: the words that differ */
    dsr_slice value;     /* the number, the day, the name; may have no value */
    dsr_slice party;     /* who holds it; may have no value */
} dsr_disagreement_side;

/* Reports that do not tell the same. */
typedef struct dsr_disagreement {
    dsr_disagreement_kind kind;
    dsr_slice what;
    bool compatible; /* all sides can be true */
    const char *why; /* one phrase */
    uint32_t reports;
    DSR_LIST(dsr_disagreement_side) sides; /* by value, then report; at most DSR_LIMIT_TOLD_CARRIERS */
} dsr_disagreement;

typedef struct dsr_story {
    dsr_id id;
    dsr_slice headline;
    uint32_t
        headline_from; /* index into reports; where no report has a headline, its first sentence stands in */
    bool headline_is_sentence;
    int64_t first_published,
        last_published; /* earliest start and latest end of the known publication intervals */
    bool has_published;
    dsr_moment as_of;                   /* newest publication known */
    DSR_LIST(dsr_story_report) reports; /* in the order of intake */
    DSR_LIST(dsr_reuse) reuse;          /* by from, then to */
    DSR_LIST(dsr_cast_entry) cast;      /* the most often named first */
    DSR_LIST(dsr_story_quote) quotes;   /* speaker by speaker, the most quoted first; each in order of time */
    DSR_LIST(dsr_timeline_entry) timeline;    /* by time; those told by most where there are too many */
    DSR_LIST(dsr_story_figure) figures;       /* differing ones first, then those that most reports tell */
    DSR_LIST(dsr_statement) statements;       /* the best supported first */
    DSR_LIST(dsr_disagreement) disagreements; /* those that cannot all be true first */
    uint32_t timeline_left, figures_left, statements_left, disagreements_left; /* found beyond the limits */
} dsr_story;

/* An order of a story's reports in which the order of intake plays no part: the likelier sources of text
 * first. <0, 0, >0. */
int dsr_story_compare_reports(const dsr_story *story, uint32_t a, uint32_t b);

#endif
