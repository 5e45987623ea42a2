/* The names of parts of speech and relations, and which relation is a subtype of which. */
#include "syntax/syntax.h"

static const char *const upos_names[DSR_UPOS_COUNT] = {"ADJ",   "ADP",   "ADV", "AUX",  "CCONJ", "DET",
                                                       "INTJ",  "NOUN",  "NUM", "PART", "PRON",  "PROPN",
                                                       "PUNCT", "SCONJ", "SYM", "VERB", "X"};

static const char *const xpos_names[DSR_XPOS_COUNT] = {
    "$",   "''",  ",",    "-LRB-", "-RRB-", ".",   ":",   "ADD", "AFX", "CC",  "CD", "DT",  "EX",
    "FW",  "GW",  "HYPH", "IN",    "JJ",    "JJR", "JJS", "LS",  "MD",  "NFP", "NN", "NNP", "NNPS",
    "NNS", "PDT", "POS",  "PRP",   "PRP$",  "RB",  "RBR", "RBS", "RP",  "SYM", "TO", "UH",  "VB",
    "VBD", "VBG", "VBN",  "VBP",   "VBZ",   "WDT", "WP",  "WP$", "WRB", "XX",  "``"};

static const char *const relation_names[DSR_REL_COUNT] = {
    "root",      "acl",           "acl:relcl",    "advcl",       "advcl:relcl", "advmod",      "amod",
    "appos",     "aux",           "aux:pass",     "case",        "cc",          "cc:preconj",  "ccomp",
    "compound",  "compound:prt",  "conj",         "cop",         "csubj",       "csubj:outer", "csubj:pass",
    "dep",       "det",           "det:predet",   "discourse",   "dislocated",  "expl",        "fixed",
    "flat",      "goeswith",      "iobj",         "list",        "mark",        "nmod",        "nmod:desc",
    "nmod:poss", "nmod:unmarked", "nsubj",        "nsubj:outer", "nsubj:pass",  "nummod",      "obj",
    "obl",       "obl:agent",     "obl:unmarked", "orphan",      "parataxis",   "punct",       "reparandum",
    "vocative",  "xcomp"};

static dsr_slice name_at(const char *const *names, size_t count, size_t at)
{
    return dsr_slice_of(at < count ? names[at] : "");
}

static size_t find_name(const char *const *names, size_t count, dsr_slice name)
{
    size_t at = 0;
    while (at < count && !dsr_slice_equal(dsr_slice_of(names[at]), name)) {
        at++;
    }
    return at;
}

dsr_slice dsr_upos_name(dsr_upos upos)
{
    return name_at(upos_names, DSR_UPOS_COUNT, (size_t)upos);
}

dsr_slice dsr_xpos_name(dsr_xpos xpos)
{
    return name_at(xpos_names, DSR_XPOS_COUNT, (size_t)xpos);
}

dsr_slice dsr_relation_name(dsr_relation relation)
{
    return name_at(relation_names, DSR_REL_COUNT, (size_t)relation);
}

dsr_upos dsr_upos_find(dsr_slice name)
{
    return (dsr_upos)find_name(upos_names, DSR_UPOS_COUNT, name);
}

dsr_xpos dsr_xpos_find(dsr_slice name)
{
    return (dsr_xpos)find_name(xpos_names, DSR_XPOS_COUNT, name);
}

dsr_relation dsr_relation_find(dsr_slice name)
{
    return (dsr_relation)find_name(relation_names, DSR_REL_COUNT, name);
}

dsr_relation dsr_relation_universal(dsr_relation relation)
{
    dsr_slice name = dsr_relation_name(relation);
    size_t colon = dsr_slice_find(name, DSR_SLICE(":"), 0);
    return colon == SIZE_MAX ? relation : dsr_relation_find(dsr_slice_part(name, 0, colon));
}
