// verify LOG-KEY WITNESS-KEY FOLDER: says of every *.export and *.request in a folder whether it holds. It shares nothing
// with Varsel but the description in docs/log-interpretation.md: trees, notes and keys are Go's own.
package main

import (
	"bufio"
	"bytes"
	"crypto/ed25519"
	"crypto/sha256"
	"encoding/base64"
	"encoding/binary"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"

	"golang.org/x/mod/sumdb/note"
	"golang.org/x/mod/sumdb/tlog"
)

// witness verifies the cosignatures of C2SP tlog-cosignature, which the library does not know.
type witness struct {
	name string
	hash uint32
	key  ed25519.PublicKey
}

func (w witness) Name() string    { return w.name }
func (w witness) KeyHash() uint32 { return w.hash }
func (w witness) Verify(msg, sig []byte) bool {
	if len(sig) != 72 {
		return false
	}
	head := fmt.Sprintf("cosignature/v1\ntime %d\n", binary.BigEndian.Uint64(sig[:8]))
	return ed25519.Verify(w.key, append([]byte(head), msg...), sig[8:])
}

func newWitness(vkey string) (witness, error) {
	parts := strings.SplitN(vkey, "+", 3)
	key, err := base64.StdEncoding.DecodeString(parts[2])
	if err != nil || len(key) != 33 || key[0] != 4 {
		return witness{}, fmt.Errorf("no witness key: %s", vkey)
	}
	sum := sha256.Sum256(append([]byte(parts[0]+"\n"), key...))
	return witness{parts[0], binary.BigEndian.Uint32(sum[:4]), key[1:]}, nil
}

// line is any line of an export; pointers tell what is there.
type line struct {
	Format, Key         *string
	About               json.RawMessage
	Position            *int64
	Leaf, Salt, Entry   *string
	Cover               []string
	Checkpoint          *string
	Signature           *string
}

func hash(text string) (h tlog.Hash, err error) {
	bytes, err := base64.StdEncoding.DecodeString(text)
	if err == nil && len(bytes) != len(h) {
		err = fmt.Errorf("no hash: %s", text)
	}
	copy(h[:], bytes)
	return h, err
}

func checkpoint(text string, verifiers note.Verifiers) (tlog.Tree, int, error) {
	opened, err := note.Open([]byte(text), verifiers)
	if err != nil {
		return tlog.Tree{}, 0, err
	}
	lines := strings.Split(opened.Text, "\n")
	if len(lines) != 4 {
		return tlog.Tree{}, 0, fmt.Errorf("no checkpoint")
	}
	size, err := strconv.ParseInt(lines[1], 10, 64)
	if err != nil {
		return tlog.Tree{}, 0, err
	}
	root, err := hash(lines[2])
	return tlog.Tree{N: size, Hash: root}, len(opened.Sigs), err
}

// root computes the root of leaves [lo, hi) from those that are known and the cover of the others.
func root(lo, hi int64, leaves map[int64]tlog.Hash, cover *[]tlog.Hash) (tlog.Hash, error) {
	known := false
	for at := range leaves {
		known = known || lo <= at && at < hi
	}
	if !known {
		if len(*cover) == 0 {
			return tlog.Hash{}, fmt.Errorf("the cover is too short")
		}
		first := (*cover)[0]
		*cover = (*cover)[1:]
		return first, nil
	}
	if hi-lo == 1 {
		return leaves[lo], nil
	}
	half := int64(1)
	for half*2 < hi-lo {
		half *= 2
	}
	left, err := root(lo, lo+half, leaves, cover)
	if err != nil {
		return left, err
	}
	right, err := root(lo+half, hi, leaves, cover)
	return tlog.NodeHash(left, right), err
}

func export(data []byte, log note.Verifier, both note.Verifiers, logKey string) error {
	leaves, last := map[int64]tlog.Hash{}, int64(-1)
	var cover []tlog.Hash
	var tree tlog.Tree
	digest, ended, number := sha256.New(), false, 0
	scanner := bufio.NewScanner(bytes.NewReader(data))
	scanner.Buffer(nil, 4<<20)
	for scanner.Scan() {
		number++
		var l line
		decoder := json.NewDecoder(bytes.NewReader(scanner.Bytes()))
		decoder.DisallowUnknownFields()
		if err := decoder.Decode(&l); err != nil {
			return err
		}
		switch {
		case ended:
			return fmt.Errorf("something after the signature")
		case number == 1:
			if l.Format == nil || *l.Format != "varsel-log-export-1" || l.Key == nil || *l.Key != logKey {
				return fmt.Errorf("another log")
			}
		case l.Position != nil:
			leaf, err := hash(*l.Leaf)
			if err != nil {
				return err
			}
			salt, err := hash(*l.Salt)
			if err != nil {
				return err
			}
			record := sha256.Sum256(append(salt[:], *l.Entry...))
			if tlog.RecordHash(record[:]) != leaf || *l.Position <= last {
				return fmt.Errorf("entry %d was changed", *l.Position)
			}
			last = *l.Position
			leaves[last] = leaf
		case l.Cover != nil:
			for _, text := range l.Cover {
				h, err := hash(text)
				if err != nil {
					return err
				}
				cover = append(cover, h)
			}
		case l.Checkpoint != nil:
			var signatures int
			var err error
			if tree, signatures, err = checkpoint(*l.Checkpoint, both); err != nil || signatures != 2 {
				return fmt.Errorf("%d signatures: %v", signatures, err)
			}
		case l.Signature != nil:
			opened, err := note.Open([]byte(*l.Signature), note.VerifierList(log))
			if err != nil {
				return err
			}
			sum := base64.StdEncoding.EncodeToString(digest.Sum(nil))
			if opened.Text != "varsel-log-export-1\n"+sum+"\n" {
				return fmt.Errorf("the file was changed")
			}
			ended = true
		default:
			return fmt.Errorf("line %d", number)
		}
		digest.Write(scanner.Bytes())
		digest.Write([]byte("\n"))
	}
	if !ended || !bytes.HasSuffix(data, []byte("\n")) {
		return fmt.Errorf("no end")
	}
	if last >= tree.N {
		return fmt.Errorf("entry %d is beyond the tree", last)
	}
	computed, err := root(0, tree.N, leaves, &cover)
	if err != nil || len(cover) != 0 || computed != tree.Hash {
		return fmt.Errorf("another root: %v", err)
	}
	return nil
}

func request(data []byte, log note.Verifier) error {
	head, text, found := strings.Cut(string(data), "\n\n")
	lines := strings.Split(head, "\n")
	if !found || len(lines) < 2 {
		return fmt.Errorf("no request")
	}
	last, err := hash(strings.TrimPrefix(lines[0], "last "))
	if err != nil {
		return err
	}
	size, err := strconv.ParseInt(strings.TrimPrefix(lines[1], "old "), 10, 64)
	if err != nil {
		return err
	}
	var proof tlog.TreeProof
	for _, text := range lines[2:] {
		h, err := hash(text)
		if err != nil {
			return err
		}
		proof = append(proof, h)
	}
	tree, _, err := checkpoint(text, note.VerifierList(log))
	if err != nil {
		return err
	}
	return tlog.CheckTree(proof, tree.N, tree.Hash, size, last)
}

func main() {
	log, err := note.NewVerifier(os.Args[1])
	if err != nil {
		panic(err)
	}
	cosigner, err := newWitness(os.Args[2])
	if err != nil {
		panic(err)
	}
	files, err := os.ReadDir(os.Args[3])
	if err != nil {
		panic(err)
	}
	for _, file := range files {
		data, err := os.ReadFile(filepath.Join(os.Args[3], file.Name()))
		switch filepath.Ext(file.Name()) {
		case ".export":
			err = export(data, log, note.VerifierList(log, cosigner), os.Args[1])
		case ".request":
			err = request(data, log)
		default:
			continue
		}
		if err == nil {
			fmt.Println(file.Name(), "accepted")
		} else {
			fmt.Println(file.Name(), "rejected")
			fmt.Fprintln(os.Stderr, file.Name(), err)
		}
	}
}
