/* Tags, lemmas and syntax of one sentence, as Universal Dependencies has them for English (version 2). Looks
 * at one sentence only, and must not know reports. How it decides is this room's own business: whoever uses
 * it sees tokens, tags and a tree. */
#ifndef DSR_SYNTAX_SYNTAX_H
#define DSR_SYNTAX_SYNTAX_H

#include "language/language.h"

/* The universal parts of speech (universaldependencies.org/u/pos). */
typedef enum dsr_upos {
    DSR_UPOS_ADJ,
    DSR_UPOS_ADP,
    DSR_UPOS_ADV,
    DSR_UPOS_AUX,
    DSR_UPOS_CCONJ,
    DSR_UPOS_DET,
    DSR_UPOS_INTJ,
    DSR_UPOS_NOUN,
    DSR_UPOS_NUM,
    DSR_UPOS_PART,
    DSR_UPOS_PRON,
    DSR_UPOS_PROPN,
    DSR_UPOS_PUNCT,
    DSR_UPOS_SCONJ,
    DSR_UPOS_SYM,
    DSR_UPOS_VERB,
    DSR_UPOS_X,
    DSR_UPOS_COUNT
} dsr_upos;

/* The tags of the Penn Treebank as UD English has them. */
typedef enum dsr_xpos {
    DSR_XPOS_DOLLAR,
    DSR_XPOS_CLOSE_QUOTE,
    DSR_XPOS_COMMA,
    DSR_XPOS_LRB,
    DSR_XPOS_RRB,
    DSR_XPOS_STOP,
    DSR_XPOS_COLON,
    DSR_XPOS_ADD,
    DSR_XPOS_AFX,
    DSR_XPOS_CC,
    DSR_XPOS_CD,
    DSR_XPOS_DT,
    DSR_XPOS_EX,
    DSR_XPOS_FW,
    DSR_XPOS_GW,
    DSR_XPOS_HYPH,
    DSR_XPOS_IN,
    DSR_XPOS_JJ,
    DSR_XPOS_JJR,
    DSR_XPOS_JJS,
    DSR_XPOS_LS,
    DSR_XPOS_MD,
    DSR_XPOS_NFP,
    DSR_XPOS_NN,
    DSR_XPOS_NNP,
    DSR_XPOS_NNPS,
    DSR_XPOS_NNS,
    DSR_XPOS_PDT,
    DSR_XPOS_POS,
    DSR_XPOS_PRP,
    DSR_XPOS_PRPS,
    DSR_XPOS_RB,
    DSR_XPOS_RBR,
    DSR_XPOS_RBS,
    DSR_XPOS_RP,
    DSR_XPOS_SYM,
    DSR_XPOS_TO,
    DSR_XPOS_UH,
    DSR_XPOS_VB,
    DSR_XPOS_VBD,
    DSR_XPOS_VBG,
    DSR_XPOS_VBN,
    DSR_XPOS_VBP,
    DSR_XPOS_VBZ,
    DSR_XPOS_WDT,
    DSR_XPOS_WP,
    DSR_XPOS_WPS,
    DSR_XPOS_WRB,
    DSR_XPOS_XX,
    DSR_XPOS_OPEN_QUOTE,
    DSR_XPOS_COUNT
} dsr_xpos;

/* The relations of UD English with their subtypes. */
typedef enum dsr_relation {
    DSR_REL_ROOT,
    DSR_REL_ACL,
    DSR_REL_ACL_RELCL,
    DSR_REL_ADVCL,
    DSR_REL_ADVCL_RELCL,
    DSR_REL_ADVMOD,
    DSR_REL_AMOD,
    DSR_REL_APPOS,
    DSR_REL_AUX,
    DSR_REL_AUX_PASS,
    DSR_REL_CASE,
    DSR_REL_CC,
    DSR_REL_CC_PRECONJ,
    DSR_REL_CCOMP,
    DSR_REL_COMPOUND,
    DSR_REL_COMPOUND_PRT,
    DSR_REL_CONJ,
    DSR_REL_COP,
    DSR_REL_CSUBJ,
    DSR_REL_CSUBJ_OUTER,
    DSR_REL_CSUBJ_PASS,
    DSR_REL_DEP,
    DSR_REL_DET,
    DSR_REL_DET_PREDET,
    DSR_REL_DISCOURSE,
    DSR_REL_DISLOCATED,
    DSR_REL_EXPL,
    DSR_REL_FIXED,
    DSR_REL_FLAT,
    DSR_REL_GOESWITH,
    DSR_REL_IOBJ,
    DSR_REL_LIST,
    DSR_REL_MARK,
    DSR_REL_NMOD,
    DSR_REL_NMOD_DESC,
    DSR_REL_NMOD_POSS,
    DSR_REL_NMOD_UNMARKED,
    DSR_REL_NSUBJ,
    DSR_REL_NSUBJ_OUTER,
    DSR_REL_NSUBJ_PASS,
    DSR_REL_NUMMOD,
    DSR_REL_OBJ,
    DSR_REL_OBL,
    DSR_REL_OBL_AGENT,
    DSR_REL_OBL_UNMARKED,
    DSR_REL_ORPHAN,
    DSR_REL_PARATAXIS,
    DSR_REL_PUNCT,
    DSR_REL_REPARANDUM,
    DSR_REL_VOCATIVE,
    DSR_REL_XCOMP,
    DSR_REL_COUNT
} dsr_relation;

/* Names as in UD: "NOUN", "NNP", "nsubj:pass". Static. Values past the last give "". */
dsr_slice dsr_upos_name(dsr_upos upos);
dsr_slice dsr_xpos_name(dsr_xpos xpos);
dsr_slice dsr_relation_name(dsr_relation relation);
/* The reverse; the *_COUNT of the kind where there is no such name. */
dsr_upos dsr_upos_find(dsr_slice name);
dsr_xpos dsr_xpos_find(dsr_slice name);
dsr_relation dsr_relation_find(dsr_slice name);

#define DSR_SYNTAX_NONE UINT32_MAX

/* What is found out about one token. */
typedef struct dsr_syntax_token {
    uint32_t head;    /* index of its head in the sentence; DSR_SYNTAX_NONE for the root */
    uint8_t upos;     /* dsr_upos */
    uint8_t xpos;     /* dsr_xpos */
    uint8_t relation; /* dsr_relation to its head */
    dsr_slice lemma;  /* a part of the text, or the arena's */
} dsr_syntax_token;

/* One sentence. Tokens have the order and number of those that went in. Exactly one is the root, and from
 * each the heads lead to it. The children of a token stand in order in first_child and next_child. */
typedef struct dsr_syntax {
    const dsr_syntax_token *tokens;
    const uint32_t *first_child; /* by token: its leftmost dependent, DSR_SYNTAX_NONE without one */
    const uint32_t *next_child;  /* by token: the next dependent of its head */
    size_t count;
    uint32_t root; /* DSR_SYNTAX_NONE where count is 0 */
} dsr_syntax;

/* The weights for English. Immutable; one handle may serve any number of threads. */
typedef struct dsr_syntax_model dsr_syntax_model;

/* Reads the model at `path`. DSR_ERR_NOT_FOUND, DSR_ERR_VERSION, DSR_ERR_INPUT (damaged), DSR_ERR_LIMIT,
 * DSR_ERR_IO, DSR_ERR_MEMORY: `error` (may be NULL) has one sentence that names the file and says what to do.
 * The caller drops *out. */
dsr_status dsr_syntax_open(const char *path, dsr_syntax_model **out, dsr_error *error) DSR_MUST_CHECK;
/* The same of bytes in memory, which are copied; `name` stands for the file in messages. */
dsr_status dsr_syntax_open_bytes(dsr_slice bytes, const char *name, dsr_syntax_model **out,
                                 dsr_error *error) DSR_MUST_CHECK;
/* Gives it up; NULL is fine. */
void dsr_syntax_drop(dsr_syntax_model *model);

/* Analyses one sentence: `tokens` are `count` tokens of `text`, in order, as dsr_language_tokenize gives
 * them. *out and what it points to live in the arena; lemmas that equal their form point into `text`. Never
 * finds nothing: any tokens get tags and a tree. More than DSR_LIMIT_PARSED_TOKENS are parsed in pieces, the
 * root of each further piece hanging on the first's as parataxis. Linear time. DSR_ERR_MEMORY; *out is
 * untouched then. */
dsr_status dsr_syntax_analyse(const dsr_syntax_model *model, dsr_arena *arena, dsr_slice text,
                              const dsr_token *tokens, size_t count, dsr_syntax *out) DSR_MUST_CHECK;

/* ---- questions about a tree; indices are those of tokens ---- */

/* The relation without its subtype: nsubj:pass -> nsubj. */
dsr_relation dsr_relation_universal(dsr_relation relation);
/* The first dependent of `token` with this relation (its subtypes count where it has none itself); NONE. */
uint32_t dsr_syntax_child(const dsr_syntax *syntax, uint32_t token, dsr_relation relation);
/* The subject of a predicate, nsubj or csubj of any kind but the outer ones; NONE where it has none. */
uint32_t dsr_syntax_subject(const dsr_syntax *syntax, uint32_t predicate);
bool dsr_syntax_is_subject(const dsr_syntax *syntax, uint32_t token);
/* The predicate stands in the passive: it has a passive subject or auxiliary. */
bool dsr_syntax_is_passive(const dsr_syntax *syntax, uint32_t predicate);
/* Whether `token` is `ancestor` or hangs below it. */
bool dsr_syntax_is_below(const dsr_syntax *syntax, uint32_t token, uint32_t ancestor);
/* The first token and the one behind the last of what hangs below `token`, itself included. */
typedef struct dsr_token_range {
    uint32_t start;
    uint32_t end;
} dsr_token_range;
dsr_token_range dsr_syntax_subtree(const dsr_syntax *syntax, uint32_t token);

#endif
