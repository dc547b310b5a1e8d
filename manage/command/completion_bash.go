package command

import (
	"bytes"
	"io"
	"strings"

	"github.com/spf13/cobra"
)

// bashHelpers stand in for the two functions of the package bash-completion that
// the script needs, which containers and Macs rarely have.
const bashHelpers = `
# Puts the words of the command line into cur, prev, words and cword, without the
# splits that bash makes at = and :.
__settled_words()
{
    if declare -F _get_comp_words_by_ref >/dev/null 2>&1; then
        _get_comp_words_by_ref "$@" cur prev words cword
        return
    fi
    local i rest=$COMP_LINE
    words=()
    for ((i = 0; i < ${#COMP_WORDS[@]}; i++)); do
        if ((i > 0)) && [[ $rest != [[:space:]]* ]] && [[ ${COMP_WORDS[i]} == [=:]* || ${COMP_WORDS[i-1]} == *[=:] ]]; then
            words[${#words[@]}-1]+=${COMP_WORDS[i]}
        else
            words+=("${COMP_WORDS[i]}")
        fi
        rest=${rest#"${rest%%[![:space:]]*}"}
        rest=${rest#"${COMP_WORDS[i]}"}
        if ((i == COMP_CWORD)); then
            cword=$((${#words[@]} - 1))
        fi
    done
    cur=${words[cword]}
    prev=${words[cword-1]}
}

# Completes files: those with the given extensions, all, or with -d directories.
__settled_files()
{
    if declare -F _filedir >/dev/null 2>&1; then
        _filedir "$@"
        return
    fi
    local file IFS=$'\n'
    for file in $(compgen -f -- "$cur"); do
        if [[ -d $file || -z ${1-} || "|${1-}|" == *"|${file##*.}|"* ]]; then
            COMPREPLY+=("$file")
        fi
    done
    compopt -o filenames 2>/dev/null
}
`

// bashCompletion writes cobra's script, with our helpers where it relies on
// those of bash-completion.
func (r *run) bashCompletion(root *cobra.Command) error {
	var b bytes.Buffer
	if err := root.GenBashCompletionV2(&b, true); err != nil {
		return err
	}
	script := strings.NewReplacer(
		`_get_comp_words_by_ref "$@" cur prev words cword`, `__settled_words "$@"`,
		"_filedir", "__settled_files",
	).Replace(b.String())
	first, rest, _ := strings.Cut(script, "\n")
	_, err := io.WriteString(r.Stdout, first+"\n"+bashHelpers+rest)
	return err
}
