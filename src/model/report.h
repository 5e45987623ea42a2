/* One report: what was read, and what was found in it. Plain data; everything a record points to lives in the
 * arena it was made in. All spans are byte positions in `text`, on character boundaries, ordered by start. */
#ifndef DSR_MODEL_REPORT_H
#define DSR_MODEL_REPORT_H

#include "base/hash.h"
#include "model/decimal.h"
#include "model/moment.h"

/* A run of `text`, in bytes, end exclusive. */
typedef struct dsr_span {
    uint32_t start, end;
} dsr_span;

/* A run of the source, in bytes. A type of its own, so that the two cannot be mixed. */
typedef struct dsr_source_span {
    uint64_t start, end;
} dsr_source_span;

/* An id: 128 bits of SHA-256, shown as 32 hex digits. All zero: none. */
typedef struct dsr_id {
    uint8_t bytes[16];
} dsr_id;
enum { DSR_ID_TEXT = 33 };
void dsr_id_format(dsr_id id, char out[DSR_ID_TEXT]);
bool dsr_id_parse(dsr_slice hex, dsr_id *out); /* false where it is not 32 hex digits */
int dsr_id_compare(dsr_id a, dsr_id b);
bool dsr_id_is_none(dsr_id id);

/* How `text` and source correspond over a stretch. */
typedef struct dsr_source_map_run {
    dsr_span text;
    dsr_source_span source;
    /* 0: byte for byte. n > 0: each character of the text takes n bytes of the source. DSR_MAP_WHOLE: the
     * stretches correspond as wholes only (an escape "\u2014", a character reference, a run of white space).
     */
    uint8_t unit;
} dsr_source_map_run;
enum { DSR_MAP_WHOLE = 255 };
/* The source bytes of one character of the text (given by any of its bytes): false where the map has no run
 * there. */
bool dsr_source_map_find(const dsr_source_map_run *runs, size_t count, dsr_slice text, uint32_t at,
                         dsr_source_span *out);

typedef enum dsr_furniture_kind {
    DSR_FURNITURE_HEADLINE,
    DSR_FURNITURE_STANDFIRST,
    DSR_FURNITURE_BYLINE,
    DSR_FURNITURE_PUBLISHED,
    DSR_FURNITURE_DATELINE,
    DSR_FURNITURE_CAPTION,
    DSR_FURNITURE_CREDIT,
    DSR_FURNITURE_READMORE,
    DSR_FURNITURE_ADVERT,
    DSR_FURNITURE_APP_PROMO,
    DSR_FURNITURE_SUBSCRIPTION,
    DSR_FURNITURE_ACCOUNT_FORM,
    DSR_FURNITURE_SOURCE_CREDIT,
    DSR_FURNITURE_LIVE_STORY,
    DSR_FURNITURE_READ_TIME,
    DSR_FURNITURE_SUBHEAD,
    DSR_FURNITURE_SHARE,
    DSR_FURNITURE_OTHER,
    DSR_FURNITURE_KINDS
} dsr_furniture_kind;
const char *dsr_furniture_kind_name(dsr_furniture_kind kind); /* as in the contract: "headline" ... */
bool dsr_furniture_kind_parse(dsr_slice name, dsr_furniture_kind *out);

typedef struct dsr_furniture {
    dsr_span span;
    dsr_furniture_kind kind;
} dsr_furniture;

typedef enum dsr_quote_kind {
    DSR_QUOTE_DIRECT,
    DSR_QUOTE_PARTIAL,
    DSR_QUOTE_INDIRECT,
    DSR_QUOTE_SCARE
} dsr_quote_kind;
const char *dsr_quote_kind_name(dsr_quote_kind kind);

/* Through what it was said, where the text tells. */
typedef enum dsr_medium {
    DSR_MEDIUM_UNSAID,
    DSR_MEDIUM_TWEET,
    DSR_MEDIUM_POST, /* on any other network, or in a blog */
    DSR_MEDIUM_STATEMENT,
    DSR_MEDIUM_PHONE,
    DSR_MEDIUM_VIDEO,
    DSR_MEDIUM_INTERVIEW,
    DSR_MEDIUM_SPEECH,
    DSR_MEDIUM_LETTER, /* e-mail too */
    DSR_MEDIUM_BRIEFING,
    DSR_MEDIUM_BROADCAST,
    DSR_MEDIUM_DOCUMENT,
    DSR_MEDIA
} dsr_medium;
const char *dsr_medium_name(dsr_medium medium); /* "tweet"; NULL where unsaid */

/* How the speaker of a quotation was found. */
typedef enum dsr_said_how {
    DSR_SAID_MARKS,     /* not at all: only its marks tell that it is one */
    DSR_SAID_VERB,      /* subject of the verb of speech that it belongs to */
    DSR_SAID_ACCORDING, /* "according to" and its like */
    DSR_SAID_COLON,     /* a name, perhaps a verb, and a colon */
    DSR_SAID_NOUN,      /* a noun of speech: "his claim that", "in a statement by" */
    DSR_SAID_SPLIT,     /* the other part of a split quotation names the speaker */
    DSR_SAID_GOES_ON,   /* who spoke before goes on */
    DSR_SAID_BODY,      /* of a heading: the body has the same words */
    DSR_SAID_NEAR,      /* nearest who could have said it */
    DSR_SAID_HOWS
} dsr_said_how;
const char *dsr_said_how_name(dsr_said_how how);

/* A quotation. The span includes its marks; of indirect speech it is the content clause. Quotations may
 * overlap: indirect speech holds the words in marks within it. */
typedef struct dsr_quote {
    dsr_span span;
    dsr_quote_kind kind;
    uint32_t quotation;  /* parts of one quotation share the number */
    uint32_t entity;     /* who says it: index into entities; DSR_NO_ENTITY */
    dsr_span speaker;    /* its mention in the text; {0, 0} where the text names none */
    dsr_span cue;        /* "said", "according to"; {0, 0} for none */
    dsr_span audience;   /* "reporters"; {0, 0} for none */
    uint16_t confidence; /* thousandths, that the speaker is right; 0 where none was found */
    dsr_medium medium;
    dsr_said_how how;
    bool denied; /* the text tells that the speaker did not say it, or denies it */
} dsr_quote;

typedef enum dsr_name_type {
    DSR_NAME_PER,
    DSR_NAME_ORG,
    DSR_NAME_GPE,   /* countries, states, provinces, cities, towns */
    DSR_NAME_LOC,   /* other places: regions, seas, mountains */
    DSR_NAME_FAC,   /* buildings, airports, roads */
    DSR_NAME_NORP,  /* nationalities, peoples, religions, political colours */
    DSR_NAME_EVENT, /* wars, storms, cups, summits */
    DSR_NAME_TYPES
} dsr_name_type;
const char *dsr_name_type_name(dsr_name_type type); /* "PER" ... */
bool dsr_name_type_parse(dsr_slice name, dsr_name_type *out);

/* Who or what the report names. `id` comes from content: of a place or body that the gazetteers know its own
 * ("gpe-ru"), else a key of its fullest name that other spellings share. Ids differ within a report. */
typedef struct dsr_entity {
    dsr_slice id;
    dsr_slice canonical; /* the fullest name in the report, or the gazetteer's */
    dsr_name_type type;
    char given_sex; /* 'f', 'm': what a person's given name tells, which is a sign, no fact; else 0 */
} dsr_entity;
#define DSR_NO_ENTITY UINT32_MAX

/* Why words of the text are taken for an entity. What it rests on stands in the text, too: `because` of the
 * record, {0, 0} for what rests on nothing else. */
typedef enum dsr_tie {
    DSR_TIE_NONE,  /* named by itself: no other name of the report tells who it is */
    DSR_TIE_KNOWN, /* the same, and a gazetteer has it */
    DSR_TIE_SAME,
    DSR_TIE_SPELLING,
    DSR_TIE_SURNAME,
    DSR_TIE_SURNAME_ROLE, /* of several bearers the one who has the role that stands in front */
    DSR_TIE_SURNAME_SEX,  /* the one of the sex that the title tells */
    DSR_TIE_GIVEN_NAME,
    DSR_TIE_INITIAL,
    DSR_TIE_SHORT_NAME,  /* "Bob" for "Robert", and the surname */
    DSR_TIE_PART,        /* of a person's name, some of the words */
    DSR_TIE_BRACKETS,    /* "World Health Organization (WHO)" */
    DSR_TIE_INITIALS,    /* of the words of a body's name */
    DSR_TIE_ORDER,       /* the same words in another order, or joined otherwise */
    DSR_TIE_WORD,        /* that only this body of the report has in its name */
    DSR_TIE_OPENING,     /* the first words of a body's name */
    DSR_TIE_GAZETTEER,   /* which has both as names of one thing */
    DSR_TIE_NATIONALITY, /* "Russian", of Russia */
    DSR_TIE_KIND,        /* the same but for words that say what it is ("River") */
    DSR_TIE_ROLE,        /* the same word tells the role of whom it stands for */
    DSR_TIE_ROLE_LIKE,   /* a word for such a role does */
    DSR_TIE_ROLE_PLACE,  /* country or body of the role agree */
    DSR_TIE_ROLE_NEAR,   /* the nearest whom it fits */
    DSR_TIE_BODY_WORD,   /* the word stands in the name or role of the body */
    DSR_TIE_BODY_LIKE,   /* a word for such a body does */
    DSR_TIE_BODY_NEAR,
    DSR_TIE_SUBJECT_OF_SEX, /* of pronouns: the subject before it, of whom a name, title or role tells the sex
                             */
    DSR_TIE_BEFORE_OF_SEX,
    DSR_TIE_SUBJECT,
    DSR_TIE_BEFORE,
    DSR_TIE_GOES_ON,         /* the pronoun before it meant the same */
    DSR_TIE_SPEAKER,         /* of the quotation in which it stands */
    DSR_TIE_SURNAME_SEVERAL, /* of several bearers, the one who by the report is meant most likely */
    DSR_TIE_SAID,            /* "known as": the report says so */
    DSR_TIES
} dsr_tie;
/* The phrase, to be followed by the words at `because` in quotation marks where there are any: "surname of".
 */
const char *dsr_tie_phrase(dsr_tie tie);

/* A name in the text: without title, article and possessive 's. */
typedef struct dsr_name {
    dsr_span span;
    dsr_name_type type;
    uint32_t entity;      /* index into entities */
    uint32_t metonym_for; /* the state for whose government a capital stands; DSR_NO_ENTITY */
    dsr_tie tie;
    dsr_span because;
} dsr_name;

typedef enum dsr_reference_kind {
    DSR_REFERENCE_ROLE, /* "the Ukrainian leader" */
    DSR_REFERENCE_PRONOUN,
    DSR_REFERENCE_KINDS
} dsr_reference_kind;
const char *dsr_reference_kind_name(dsr_reference_kind kind); /* "role" "pronoun" */

/* Words that stand for an entity and are no name. */
typedef struct dsr_reference {
    dsr_span span;
    dsr_reference_kind kind;
    uint32_t entity;
    dsr_tie tie;
    dsr_span because;
} dsr_reference;

/* What the text says that somebody is: "Deputy Foreign Minister" beside a name. Without the name. */
typedef struct dsr_role {
    dsr_span span;
    uint32_t entity;
} dsr_role;

typedef enum dsr_time_type {
    DSR_TIME_DATE,
    DSR_TIME_TIME,
    DSR_TIME_DURATION,
    DSR_TIME_SET,
    DSR_TIME_TYPES
} dsr_time_type;
const char *dsr_time_type_name(dsr_time_type type); /* "DATE" ... as TIMEX3 has them */

typedef enum dsr_time_mod {
    DSR_TIME_MOD_NONE,
    DSR_TIME_MOD_START,
    DSR_TIME_MOD_MID,
    DSR_TIME_MOD_END,
    DSR_TIME_MOD_APPROX,
    DSR_TIME_MOD_MORE_THAN,
    DSR_TIME_MOD_LESS_THAN,
    DSR_TIME_MOD_EQUAL_OR_MORE,
    DSR_TIME_MOD_EQUAL_OR_LESS,
    DSR_TIME_MOD_BEFORE,
    DSR_TIME_MOD_AFTER,
    DSR_TIME_MOD_ON_OR_BEFORE,
    DSR_TIME_MOD_ON_OR_AFTER,
    DSR_TIME_MODS
} dsr_time_mod;
const char *dsr_time_mod_name(dsr_time_mod mod); /* "START" ...; NULL for none */

typedef enum dsr_time_unit {
    DSR_UNIT_NONE,
    DSR_UNIT_SECOND,
    DSR_UNIT_MINUTE,
    DSR_UNIT_HOUR,
    DSR_UNIT_DAY,
    DSR_UNIT_WEEKEND,
    DSR_UNIT_WEEK,
    DSR_UNIT_FORTNIGHT,
    DSR_UNIT_MONTH,
    DSR_UNIT_QUARTER,
    DSR_UNIT_YEAR,
    DSR_UNIT_DECADE,
    DSR_UNIT_CENTURY,
    DSR_UNIT_MILLENNIUM,
    DSR_UNITS
} dsr_time_unit;

typedef enum dsr_time_kind {
    DSR_TIME_POINT,    /* a place in the calendar: what is stated, after a shift by whole units */
    DSR_TIME_DISTANCE, /* so many units before or after the anchor */
    DSR_TIME_REF,      /* past, present or future */
    DSR_TIME_LENGTH,   /* so many units */
    DSR_TIME_REPEATED, /* each unit, or each of what is stated */
    DSR_TIME_KINDS
} dsr_time_kind;

typedef enum dsr_time_anchor {
    DSR_ANCHOR_PUBLICATION,
    DSR_ANCHOR_TOLD,  /* what the text told of before */
    DSR_ANCHOR_NEXT,  /* the time that follows in the text */
    DSR_ANCHOR_EVENT, /* an event that no date is known of */
    DSR_ANCHORS
} dsr_time_anchor;

/* A time as the words leave it: what they do not say is DSR_UNSAID. Which day it is, is known once the
 * report's date is. */
enum { DSR_UNSAID = -32768, DSR_TIME_VAGUE = -1 };
typedef struct dsr_time_form {
    dsr_time_kind kind;
    dsr_time_anchor anchor;
    dsr_time_unit unit; /* of shift or count; the finest that is meant */
    int16_t shift;      /* of a point: whole units from the anchor ("last week" -1) */
    int16_t direction;  /* -1, 0, 1: "last", "this", "next" Friday; ago, hence; past, present, future */
    int32_t count;      /* of units, in thousandths; DSR_TIME_VAGUE */
    int16_t year;       /* of a decade or century the digits that it is written with: 199, 19 */
    int16_t month, day, weekday, week, quarter, half;
    int16_t holiday;      /* the number of data/en/times.tsv */
    int32_t season, part; /* packed letters: "SP", "MO" */
    int16_t hour, minute, second;
    int16_t tense; /* -1 told of the past, 1 of what is to come, 2 and -2 where that is sure; 0 unknown */
} dsr_time_form;
enum { DSR_TIME_FORM_NUMBERS = 20 };

enum { DSR_NO_DAY = INT32_MIN };
/* A time that the text tells. */
typedef struct dsr_time {
    dsr_span span;
    dsr_time_type type;
    dsr_time_mod mod;
    dsr_time_form form;
    /* What follows is found again whenever the record is opened, for it hangs on the report's date. */
    dsr_slice value;          /* TIMEX3; may have no value */
    int32_t earliest, latest; /* days since 1970-01-01, end exclusive; DSR_NO_DAY: not known */
    dsr_slice why;            /* one phrase; static or in the arena */
} dsr_time;

typedef enum dsr_approx {
    DSR_APPROX_EXACT,
    DSR_APPROX_ABOUT,
    DSR_APPROX_NEARLY,
    DSR_APPROX_MORE_THAN,
    DSR_APPROX_AT_LEAST,
    DSR_APPROX_LESS_THAN,
    DSR_APPROX_UP_TO,
    DSR_APPROX_RANGE,
    DSR_APPROX_DOZENS,
    DSR_APPROXES
} dsr_approx;
const char *dsr_approx_name(dsr_approx approx); /* "exact" "about" ... */

/* A number that counts or measures, with its hedge. */
typedef struct dsr_figure {
    dsr_span span;
    bool has_value, has_low, has_high;
    dsr_approx approx;
    dsr_decimal value, low, high;
    dsr_span thing;  /* what is counted; empty where the text does not name it */
    dsr_slice unit;  /* "USD", "Dollar", "percent", "Kilometer", "year" ...; no value: a count */
    dsr_slice kind;  /* "count" "currency" "percent" "length" ... */
    dsr_slice as_of; /* TIMEX3 of the day for which it is told; no value: not told */
} dsr_figure;

/* The types of events, as PLOVER has them. */
typedef enum dsr_event_type {
    DSR_EVENT_AGREE,
    DSR_EVENT_CONSULT,
    DSR_EVENT_SUPPORT,
    DSR_EVENT_CONCEDE,
    DSR_EVENT_COOPERATE,
    DSR_EVENT_AID,
    DSR_EVENT_RETREAT,
    DSR_EVENT_REQUEST,
    DSR_EVENT_ACCUSE,
    DSR_EVENT_REJECT,
    DSR_EVENT_THREATEN,
    DSR_EVENT_PROTEST,
    DSR_EVENT_SANCTION,
    DSR_EVENT_MOBILIZE,
    DSR_EVENT_COERCE,
    DSR_EVENT_ASSAULT,
    DSR_EVENT_TYPES
} dsr_event_type;
const char *dsr_event_type_name(dsr_event_type type); /* "AGREE" ... */
bool dsr_event_type_parse(dsr_slice name, dsr_event_type *out);

/* How real an event is told to be. */
typedef enum dsr_realis {
    DSR_REALIS_ACTUAL,
    DSR_REALIS_HISTORICAL, /* half a year and more before it was told */
    DSR_REALIS_FUTURE,     /* to come when it was told */
    DSR_REALIS_CONDITIONAL,
    DSR_REALIS_HYPOTHETICAL,
    DSR_REALIS_DENIED,
    DSR_REALES
} dsr_realis;
const char *dsr_realis_name(dsr_realis realis); /* "actual" ... */

typedef enum dsr_stance {
    DSR_STANCE_DEMAND,
    DSR_STANCE_REJECT,
    DSR_STANCE_OFFER,
    DSR_STANCE_ACCEPT,
    DSR_STANCE_THREAT,
    DSR_STANCE_DENY,
    DSR_STANCE_CONCERN,
    DSR_STANCE_ACCUSE,
    DSR_STANCES
} dsr_stance;
const char *dsr_stance_name(dsr_stance stance); /* "demand" ... */
bool dsr_stance_parse(dsr_slice name, dsr_stance *out);

/* Who acts or is acted upon: words of the text, and the entity that they stand for. */
typedef struct dsr_actor {
    dsr_span span;   /* {0, 0} where the text has no words for it */
    uint32_t entity; /* DSR_NO_ENTITY */
    uint32_t side;   /* the state or body for which it acts, if that is another; DSR_NO_ENTITY */
    dsr_slice code;  /* as CAMEO has them, country and sector: "USAGOV", "COP"; may have no value */
} dsr_actor;
typedef DSR_LIST(dsr_actor) dsr_actors;
#define DSR_NO_ACTOR ((dsr_actor){{0, 0}, DSR_NO_ENTITY, DSR_NO_ENTITY, {NULL, 0}})

/* Who did what to whom. */
typedef struct dsr_event {
    dsr_span span;   /* the clause, from its subject to its last complement */
    dsr_span action; /* the word by which a rule fired */
    dsr_event_type type;
    dsr_realis realis;
    dsr_slice mode, cameo; /* "meet", "106"; may have no value */
    dsr_slice rule;        /* the rule that fired, in its own words */
    dsr_actors sources, targets;
    dsr_span when;     /* the time that the clause tells; {0, 0} for none */
    dsr_span where;    /* the name of a place in it; {0, 0} */
    dsr_actor told_by; /* who says so, where it is not the source itself */
} dsr_event;

/* What a party wants, refuses, offers, threatens ... */
typedef struct dsr_position {
    dsr_span span;
    dsr_span action;
    dsr_stance stance;
    dsr_actor party;
    dsr_actor speaker; /* the person who says so for the party */
    dsr_actors toward;
    dsr_slice issue; /* may have no value */
    dsr_slice rule;
    dsr_span answers; /* the demand that is refused or accepted; {0, 0} for none */
} dsr_position;

/* Where the text itself names whose report it is. `agency` without a value: agencies that are not named ("and
 * agencies"). */
typedef struct dsr_credit {
    dsr_span span;
    dsr_slice agency;
} dsr_credit;

typedef enum dsr_origin {
    DSR_FROM_UNKNOWN,
    DSR_FROM_METADATA, /* the source's own fields, or a row of --meta */
    DSR_FROM_TEXT,
    DSR_FROM_OPTION,
    DSR_FROM_INFERRED
} dsr_origin;
const char *dsr_origin_name(dsr_origin origin); /* "unknown" "metadata" "text" "option" "inferred" */

typedef DSR_LIST(dsr_slice) dsr_slices;

typedef struct dsr_source {
    dsr_slice path;   /* as given; of a file in a folder: folder "/" rest; "-" for standard input */
    dsr_slice record; /* inside a container: the item's own id, else its line number; else no value */
    dsr_slice guid;   /* the item's own id, where it states one; part of the key */
    dsr_slice url;
    dsr_slice format;      /* "text" "jsonl" ... */
    dsr_slice encoding;    /* "UTF-8", "windows-1252" ... */
    dsr_digest sha256;     /* of the raw bytes: the file's or the record's */
    dsr_slices more_paths; /* other places where the same bytes were found (from the store) */
} dsr_source;

typedef struct dsr_meta {
    dsr_slice headline;
    dsr_origin headline_from;
    dsr_slice
        headline_why; /* of each fact that a page states: the place it was taken from; may have no value */
    dsr_slice outlet;
    dsr_origin outlet_from;
    dsr_slice outlet_why;
    dsr_slices agencies; /* names as in the outlets table ("AFP"), each once, in order of appearance */
    dsr_origin agencies_from;
    dsr_slices authors;
    dsr_slice authors_why;
    dsr_slice section; /* "World"; as the page states it */
    dsr_slice section_why;
    dsr_slice canonical; /* the address that the page gives as its own */
    dsr_slice canonical_why;
    dsr_moment modified; /* no value where none is stated */
    dsr_slice modified_why;
    dsr_slice dateline; /* the place: "Moscow" */
    dsr_moment published;
    dsr_origin published_from;
    dsr_slice published_why; /* one phrase: the words it was taken from, or the field's name */
    dsr_slice language;      /* "en", "de" ... ISO 639-1; "und" where it cannot be told */
} dsr_meta;

/* What a stretch of the text was in the source's own layout. */
typedef enum dsr_block_kind {
    DSR_BLOCK_PARAGRAPH,
    DSR_BLOCK_HEADING,
    DSR_BLOCK_LIST_ITEM,
    DSR_BLOCK_QUOTATION, /* set off as a block */
    DSR_BLOCK_CAPTION,
    DSR_BLOCK_TABLE_ROW,
    DSR_BLOCK_PREFORMATTED,
    DSR_BLOCK_KINDS
} dsr_block_kind;
const char *dsr_block_kind_name(dsr_block_kind kind); /* "paragraph" "heading" "list_item" "quotation" ... */

enum { DSR_BLOCK_LEVELS = 32 };
typedef struct dsr_block {
    dsr_span span;
    dsr_block_kind kind;
    uint8_t level; /* headings: 1 to 6; list items: how deep, from 1; else 0 */
} dsr_block;

/* A part of the source that did not become text, and why. */
typedef struct dsr_left_part {
    dsr_source_span source; /* bytes of the decoded source: from its first character to its last */
    uint32_t words;
    dsr_slice why;   /* "navigation", "related links" ... */
    dsr_slice start; /* its first words */
} dsr_left_part;

typedef struct dsr_report {
    dsr_id id;
    dsr_id key; /* what identifies it at its source whatever its bytes; none where it states nothing */
    dsr_source source;
    dsr_meta meta;
    dsr_slice text;
    DSR_LIST(dsr_source_map_run) source_map;
    DSR_LIST(dsr_block) blocks;   /* in order, disjoint; none where the source has no layout of its own */
    DSR_LIST(dsr_left_part) left; /* at most DSR_LIMIT_LEFT_PARTS; not kept in a store */
    bool labelled; /* `furniture` was filled by the reader, from the layout; clean adds to it */
    DSR_LIST(dsr_furniture) furniture; /* spans do not overlap */
    DSR_LIST(dsr_span) sentences;
    DSR_LIST(dsr_entity)
    entities;                 /* in the order in which the text first names them; those that it does not
                                 name (the state of a capital) come last */
    DSR_LIST(dsr_name) names; /* spans do not overlap */
    DSR_LIST(dsr_reference) references; /* spans do not overlap each other; a role may hold names */
    DSR_LIST(dsr_role) roles;           /* in order of start */
    DSR_LIST(dsr_quote) quotes;
    DSR_LIST(dsr_time) times;         /* spans do not overlap */
    DSR_LIST(dsr_figure) figures;     /* spans do not overlap each other */
    DSR_LIST(dsr_event) events;       /* in order of start */
    DSR_LIST(dsr_position) positions; /* in order of start */
    DSR_LIST(dsr_credit) credits;
    dsr_slices warnings;
} dsr_report;

/* The time whose words stand at `span`; NULL where there is none. */
const dsr_time *dsr_report_time_at(const dsr_report *report, dsr_span span);
/* By what somebody is called in a table: the side, else the entity; a body by the short name that the report
 * uses ("NATO"), others by the canonical name; the words of the text for who is neither; "" for nobody. */
dsr_slice dsr_report_actor_name(const dsr_report *report, const dsr_actor *actor);
/* Adds a warning (printf into the arena); past DSR_LIMIT_WARNINGS the last says that there are more. Equal
 * ones count once. */
dsr_status dsr_report_warn(dsr_arena *arena, dsr_report *report, const char *format, ...)
    DSR_FORMAT(3, 4) DSR_MUST_CHECK;
/* Sets id and key from source (url, guid with `outlet`, sha256), as the contract's "Ids" says. `outlet` is
 * what the source states or the user said, never what was found in the text; may have no value. */
void dsr_report_identify(dsr_report *report, dsr_slice outlet);
/* Whether everything in the record keeps its promises: spans in range, ordered, on character boundaries,
 * source map ascending, kinds known. What a store lends is checked with it. On failure *what names the first
 * broken promise. */
bool dsr_report_is_sound(const dsr_report *report, const char **what);

#endif
