/* What a call of `dossier mend` asks for, read from its operands. */
#ifndef DSR_CLI_MEND_H
#define DSR_CLI_MEND_H

#include "cli/options.h"
#include "model/correction.h"

typedef enum dsr_mend_act { DSR_MEND_MAKE, DSR_MEND_LIST, DSR_MEND_UNDO } dsr_mend_act;

typedef struct dsr_mend_call {
    dsr_mend_act act;
    dsr_correction_kind kind; /* of MAKE */
    const char *const *what;  /* the operands behind the verb */
    unsigned count;
    uint32_t number; /* of UNDO */
} dsr_mend_call;

/* DSR_ERR_ARGUMENT with one sentence. */
dsr_status dsr_mend_parse(const dsr_settings *settings, dsr_mend_call *out, dsr_error *error) DSR_MUST_CHECK;

#endif
