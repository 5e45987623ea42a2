/* The state of resolving one report. Only src/annotate/refer*.c include it. */
#ifndef DSR_ANNOTATE_REFER_PARTS_H
#define DSR_ANNOTATE_REFER_PARTS_H

#include "annotate/refer.h"
#include "base/map.h"

#define DSR_NONE UINT32_MAX

/* A token of the report, whatever its sentence. */
typedef struct dsr_refer_token {
    dsr_span span;
    uint32_t sentence;
    uint32_t name;          /* index of names; DSR_NONE */
    uint32_t quote;         /* index of quotes; DSR_NONE */
    uint32_t head;          /* index of tokens; DSR_NONE for a root or without syntax */
    uint8_t kind;           /* dsr_token_kind */
    uint8_t upos, relation; /* dsr_upos, dsr_relation; their *_COUNT without syntax */
    bool capital;
    bool joined;
} dsr_refer_token;

/* A name with what stands about it. */
typedef struct dsr_refer_mention {
    uint32_t first, end; /* tokens; end is behind the last */
    dsr_person_name person;
    char sex;         /* that its title or given name tells; 0 */
    bool titled;      /* "Mr", "Mrs" and the like in front */
    uint32_t calling; /* of persons: the token that tells a role beside it; DSR_NONE */
    uint8_t age;      /* that is stated behind it; 0 */
    uint32_t thing;
    uint32_t metonym; /* thing for whose government it stands; DSR_NONE */
    uint32_t because; /* the mention that it was joined to; DSR_NONE for the one that founds a thing */
    dsr_tie tie;
    uint32_t alias_of; /* the mention whose other name the report says it is; DSR_NONE */
    dsr_tie alias_tie;
    uint8_t standing; /* DSR_STANDING_... */
    uint64_t address; /* hash of the word before it that says how to call him ("Sheikh"); 0 */
} dsr_refer_mention;

/* What the words about a name tell of its place in the report. */
enum {
    DSR_STANDING_KIN = 1,    /* "his wife Ana Luz", "Ana Luz, her sister": he comes in by way of another */
    DSR_STANDING_DEAD = 2,   /* "Ana Luz, who died", "the late Ana Luz" */
    DSR_STANDING_SUBJECT = 4 /* of a full name */
};

enum { DSR_THING_ROLES = 4 };

/* Somebody or something that is named. */
typedef struct dsr_refer_thing {
    dsr_name_type type;
    const dsr_known_thing *known; /* NULL where no gazetteer has it */
    dsr_slice canonical;
    uint32_t first, last; /* mentions; last: the latest so far */
    uint32_t fullest;     /* the mention whose name is the thing's; DSR_NONE before there is one */
    uint32_t mentions;
    dsr_person_name person; /* the fullest */
    char sex;               /* 'f', 'm', 0 */
    bool sex_by_guess;      /* a pronoun told it */
    bool sex_by_title;
    uint32_t callings[DSR_THING_ROLES]; /* of its mentions */
    uint8_t calling_count;
    uint8_t age;
    uint8_t standing;    /* of its mentions */
    uint32_t full_names; /* mentions of two words and more */
    uint32_t by_given;   /* single words of the report that are his given name */
    uint64_t addresses[DSR_THING_ROLES];
    uint8_t address_count;
    uint32_t roles[DSR_THING_ROLES]; /* tokens: heads of its roles */
    uint8_t role_count;
    uint32_t places[DSR_THING_ROLES]; /* things that its roles name: its country, its party */
    uint8_t place_count;
    uint32_t entity; /* its place in the report's list */
} dsr_refer_thing;

/* Someone mentioned a short while ago. */
typedef struct dsr_refer_recent {
    uint32_t thing;
    uint32_t first, token; /* its words, from the first to the last */
    uint8_t how;           /* dsr_refer_how */
    char sex;              /* of a pronoun; 0 */
    bool subject;
    bool possessive;
    bool spoke; /* a verb of speech stands beside it */
} dsr_refer_recent;
typedef enum dsr_refer_how { DSR_BY_NAME, DSR_BY_ROLE, DSR_BY_PRONOUN } dsr_refer_how;

enum { DSR_RECENT_MOST = 48, DSR_CHAIN_MOST = 16 };

typedef struct dsr_refer_state {
    const dsr_refer_tables *tables;
    dsr_person_tables persons;
    const int16_t *weights;
    dsr_arena *arena;
    dsr_report *report; /* names are read; the lists below are made apart and moved in at the end */
    dsr_slice text;
    dsr_refer_token *tokens;
    size_t token_count;
    uint32_t *sentence_starts; /* first token of each sentence, and token_count behind the last */
    size_t sentence_count;
    uint32_t *paragraph_of;      /* by sentence */
    dsr_refer_mention *mentions; /* by name */
    size_t mention_count;
    dsr_name_type *types; /* by name: what the types were before any was changed; NULL */
    DSR_LIST(dsr_refer_thing) things;
    DSR_LIST(dsr_reference) references; /* `entity` is a thing until the end */
    DSR_LIST(dsr_role) roles;           /* the same */
    DSR_LIST(dsr_refer_recent) recent;  /* in the order of the text */
    uint32_t *who;                      /* by token: the thing that it names or stands for; DSR_NONE */
    uint32_t *speakers;                 /* by quote: thing; DSR_NONE */
} dsr_refer_state;

/* refer_tokens.c */
dsr_status dsr_refer_set_up(dsr_refer_state *r, const dsr_refer_sentence *sentences,
                            size_t count) DSR_MUST_CHECK;
static inline dsr_slice dsr_refer_text(const dsr_refer_state *r, dsr_span span)
{
    return dsr_slice_part(r->text, span.start, span.end);
}
/* The text of a token; "" behind the ends. */
dsr_slice dsr_refer_token_text(const dsr_refer_state *r, uint32_t token);
/* Whether a token is this word, in whatever case. */
bool dsr_refer_is(const dsr_refer_state *r, uint32_t token, const char *word);
/* Whether it is one of the words of a list, parted by blanks. */
bool dsr_refer_is_one_of(const dsr_refer_state *r, uint32_t token, const char *words);
/* The gazetteer's lists of one token. */
uint32_t dsr_refer_lists(const dsr_refer_state *r, uint32_t token);
/* 'f', 'm' or 0 by the gazetteer. */
char dsr_refer_given_sex(const dsr_refer_state *r, dsr_slice given);
/* The same of all given names of a person; refer_people.c. */
char dsr_refer_sex_of_name(const dsr_refer_state *r, const dsr_person_name *name);
bool dsr_refer_is_subject(const dsr_refer_state *r, uint32_t first, uint32_t end);
/* "'s" or "'" follows. */
bool dsr_refer_is_possessive(const dsr_refer_state *r, uint32_t end);

/* Things: refer_things.c */
dsr_status dsr_refer_new_thing(dsr_refer_state *r, uint32_t mention, uint32_t *out) DSR_MUST_CHECK;
/* `tie`: by what the mention goes with the thing's name; nothing where it is its first. */
void dsr_refer_join(dsr_refer_state *r, uint32_t mention, uint32_t thing, dsr_tie tie);
/* refer_retype.c: types of names, and `alias_of` of mentions, by what the report as a whole tells. */
dsr_status dsr_refer_retype(dsr_refer_state *r) DSR_MUST_CHECK;
/* refer_people.c, refer_places.c, refer_bodies.c: give each mention of their types its thing. */
dsr_status dsr_refer_people(dsr_refer_state *r) DSR_MUST_CHECK;
dsr_status dsr_refer_places(dsr_refer_state *r) DSR_MUST_CHECK;
dsr_status dsr_refer_bodies(dsr_refer_state *r) DSR_MUST_CHECK;
/* refer_bearers.c: what the words about a name tell of its place in the report; which of two bearers of a
 * name rather is meant, `nearer` being the one named last in the
 * paragraph, in the last place by a single word where `goes_on`: above 0 for the first, below 0 for `b`,
 * 0 where nothing tells. */
void dsr_refer_read_standing(const dsr_refer_state *r, dsr_refer_mention *m);
int dsr_refer_compare_bearers(const dsr_refer_state *r, const dsr_refer_mention *m, const uint32_t bearers[2],
                              uint32_t nearer, bool goes_on);
/* "former", "late": whether an office beside a name is held no longer. */
bool dsr_refer_is_past_office(const dsr_refer_state *r, uint32_t token);
/* refer_states.c: capitals that stand for governments. */
dsr_status dsr_refer_states(dsr_refer_state *r) DSR_MUST_CHECK;
/* refer_roles.c: what stands beside names. The first finds the word that tells a person's office or calling,
 * before it is known who is who; DSR_NONE. */
uint32_t dsr_refer_calling(const dsr_refer_state *r, uint32_t mention);
uint8_t dsr_refer_age(const dsr_refer_state *r, uint32_t mention);
dsr_status dsr_refer_roles(dsr_refer_state *r) DSR_MUST_CHECK;
/* A noun phrase about a word that tells a role. refer_phrases.c */
typedef struct dsr_refer_phrase {
    uint32_t first, end; /* tokens, determiner and complements included */
    uint32_t head;
    bool definite;   /* "the", a possessive or a demonstrative in front, or none at all */
    bool indefinite; /* "a" */
    uint32_t owner;  /* token of "his", "its" ... in front; DSR_NONE */
} dsr_refer_phrase;
/* Whether a token may be the head of such a phrase: a word for an office, calling or kin. */
bool dsr_refer_is_role_word(const dsr_refer_state *r, uint32_t token);
bool dsr_refer_is_doer(const dsr_refer_state *r, uint32_t token);
/* A word for a body in small letters: "ministry", "party". */
bool dsr_refer_is_body_word(const dsr_refer_state *r, uint32_t token);
/* The phrase of a head: its modifiers in front, and "of ..." behind where `with_complement`. */
dsr_refer_phrase dsr_refer_phrase_of(const dsr_refer_state *r, uint32_t head, bool with_complement);

/* refer_scan.c: role references and pronouns, in the order of the text. */
dsr_status dsr_refer_scan(dsr_refer_state *r) DSR_MUST_CHECK;
/* refer_pronouns.c: whom a pronoun means, the place of the recent mentions behind it given; DSR_NONE. */
typedef struct dsr_refer_choice {
    uint32_t thing; /* DSR_NONE */
    dsr_tie tie;
    dsr_span because;
} dsr_refer_choice;
dsr_span dsr_refer_words(const dsr_refer_state *r, const dsr_refer_recent *recent);
bool dsr_refer_is_pronoun(const dsr_refer_state *r, uint32_t token);
dsr_refer_choice dsr_refer_pronoun(const dsr_refer_state *r, uint32_t token, size_t recent_end);
/* refer_described.c: whom a phrase means that is no name; DSR_NONE. */
dsr_refer_choice dsr_refer_described(const dsr_refer_state *r, const dsr_refer_phrase *phrase);
dsr_refer_choice dsr_refer_described_body(const dsr_refer_state *r, const dsr_refer_phrase *phrase);
/* refer_speakers.c: who says each quotation, once names and pronouns outside of quotations are known. */
void dsr_refer_speakers(dsr_refer_state *r);
bool dsr_refer_is_cue(const dsr_refer_state *r, uint32_t token);

/* What speaks for a candidate. The numbers index the weights. */
typedef enum dsr_refer_weight {
    /* pronouns of persons */
    DSR_W_SEX_SAME,
    DSR_W_SEX_GUESSED,
    DSR_W_SEX_OTHER,
    DSR_W_SAME_SENTENCE,
    DSR_W_EACH_SENTENCE,
    DSR_W_PARAGRAPH,
    DSR_W_SUBJECT,
    DSR_W_POSSESSIVE,
    DSR_W_FIRST_IN_SENTENCE,
    DSR_W_BY_PRONOUN,
    DSR_W_BY_ROLE,
    DSR_W_MENTIONS,
    DSR_W_NEAREST,
    DSR_W_CLAUSE_MATE,
    DSR_W_OWN_SUBJECT,
    DSR_W_IN_QUOTE,
    DSR_W_SPEAKER_IN_QUOTE,
    DSR_W_LAST_OF_SEX,
    DSR_W_SPOKE,
    DSR_W_PARALLEL,
    /* "it" and "its" */
    DSR_W_IT_LEAST,
    DSR_W_ITS_LEAST,
    DSR_W_IT_BODY,
    DSR_W_IT_PLACE,
    DSR_W_IT_SAME_SENTENCE,
    DSR_W_IT_SENTENCE,
    DSR_W_IT_SUBJECT,
    DSR_W_IT_FIRST,
    DSR_W_IT_NEAREST,
    DSR_W_IT_MENTIONS,
    DSR_W_IT_OBJECT,
    DSR_W_IT_VERB,
    /* roles that stand for persons and bodies */
    DSR_W_ROLE_HEAD,
    DSR_W_ROLE_FAMILY,
    DSR_W_ROLE_NO_ROLE,
    DSR_W_ROLE_OTHER,
    DSR_W_ROLE_PLACE,
    DSR_W_ROLE_OTHER_PLACE,
    DSR_W_ROLE_SENTENCE,
    DSR_W_ROLE_SUBJECT,
    DSR_W_ROLE_SEX_OTHER,
    DSR_W_ROLE_LEAST,
    DSR_W_ROLE_MENTIONS,
    DSR_W_BODY_HEAD,
    DSR_W_BODY_LEAST,
    DSR_W_BODY_FAMILY,
    DSR_W_BODY_OTHER,
    DSR_W_BODY_UNKNOWN,
    DSR_W_BODY_NEAREST,
    DSR_W_COUNT
} dsr_refer_weight;

#endif
