package room

import (
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// twins are the letters of other alphabets that look most like Latin ones, each with
// that one behind it: of Cyrillic, Greek, Armenian, Cherokee, Lisu and odd Latin. A
// small part of the confusables of Unicode Technical Standard 39; what only differs in
// width, weight or marks, normalising finds.
const twins = "АAВBСCЕEНHІIЈJКKМMОOРPЅSТTУYХXԌGԜWӀIҺhѴVԚQаaвbсcԁdеeһhіiјjкkӏlмmнhоoрpԛqѕsтtуyԝwхxѵvгrпnүy" +
	"ΑAΒBΕEΖZΗHΙIΚKΜMΝNΟOΡPΤTΥYΧXαaγyιiκkνvοoρpτtυuχxηnωwϲcϳj" +
	"օoսuհhոnցgզqյj" +
	"ᎪAᎬEᎻHᏦKᎷMᏢPᏚSᎢTᏙVᎳWᏃZᏟCᏀGᎫJᏞLᎠDᏒRᏴB" +
	"ꓐBꓑPꓓDꓔTꓖGꓗKꓙJꓚCꓜZꓝFꓟMꓠNꓡLꓢSꓣRꓦVꓧHꓪWꓫXꓬYꓮAꓰEꓲIꓳOꓴU" +
	"ıiɑaɡgɩiłlŁLøoØOđdĐDħhĦHŧtŦTƖIǀlɴNʀRʙBɢGʜHʟLᴀAᴄCᴅDᴇEᴊJᴋKᴍMᴏOᴘPꜱSᴛTᴜUᴠVᴡWᴢZ"

var twinOf = pairs(twins)

func pairs(text string) map[rune]rune {
	of, runes := make(map[rune]rune), []rune(text)
	for i := 0; i < len(runes); i += 2 {
		of[runes[i]] = runes[i+1]
	}
	return of
}

// skeleton returns what is left of a name for an eye that passes over it: two names
// of one skeleton may be taken for each other (after UTS 39, section 4, but for case
// and spaces too).
func skeleton(name string) string {
	var b strings.Builder
	for _, c := range norm.NFKD.String(name) {
		if unicode.IsSpace(c) || unicode.Is(unicode.Mn, c) || unicode.Is(unicode.Me, c) {
			continue
		}
		if twin, ok := twinOf[c]; ok {
			c = twin
		}
		switch c = folded(c); c {
		case 'I', '1', '|', '!':
			c = 'L'
		case '0':
			c = 'O'
		}
		b.WriteRune(c)
	}
	return seen.Replace(b.String())
}

// seen puts the letters that two others together look like in their place.
var seen = strings.NewReplacer("RN", "M", "VV", "W")

// folded returns the same rune for all that differ in case alone.
func folded(c rune) rune {
	first := c
	for f := unicode.SimpleFold(c); f != c; f = unicode.SimpleFold(f) {
		first = min(first, f)
	}
	return first
}

// reserved are the names under which nobody plays: they are those of whom people
// believe.
var reserved = skeletons("server", "admin", "administrator", "moderator", "mod", "host", "ionwake", "system", "staff")

func skeletons(names ...string) map[string]bool {
	all := make(map[string]bool)
	for _, n := range names {
		all[skeleton(n)] = true
	}
	return all
}

// leet are signs that are read as letters in a word.
var leet = strings.NewReplacer("3", "e", "4", "a", "@", "a", "5", "s", "$", "s", "7", "t")

// isReserved reports whether a name, or a word of it, is read as a reserved one, with
// or without numbers around it.
func isReserved(name string) bool {
	plain := norm.NFKD.String(name)
	for _, text := range []string{plain, leet.Replace(plain)} {
		words := strings.FieldsFunc(text, func(c rune) bool {
			return !unicode.IsLetter(c) && !unicode.IsDigit(c) && !unicode.IsMark(c) && c != '|' && c != '!'
		})
		for _, w := range append(words, strings.Join(words, "")) {
			if reserved[skeleton(w)] || reserved[skeleton(strings.TrimFunc(w, noLetter))] {
				return true
			}
		}
	}
	return false
}

func noLetter(c rune) bool { return !unicode.IsLetter(c) }
