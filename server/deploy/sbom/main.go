// Command sbom writes down what released programs consist of: a bill of materials
// (CycloneDX 1.6, JSON) and the licences of everything in them. It reads what Go has
// noted in the programs and asks nobody else; the same programs give the same bytes.
//
//	sbom -bill FILE -licences FILE [-web PACKAGE] PROGRAM...
//
// It runs from the top of the tree. With -web, the modules of the browser's client,
// which travels inside the server, count too.
package main

import (
	"bytes"
	"flag"
	"fmt"
	"io"
	"os"
)

func main() { os.Exit(run(os.Args[1:], os.Stderr)) }

// run returns the exit code: 2 for a bad command line, 1 when something cannot be read
// or written.
func run(args []string, trouble io.Writer) int {
	flags := flag.NewFlagSet("sbom", flag.ContinueOnError)
	flags.SetOutput(trouble)
	bill := flags.String("bill", "", "where the bill of materials goes")
	licences := flags.String("licences", "", "where the licences go")
	web := flags.String("web", "", "package of the client that is built for browsers too")
	if err := flags.Parse(args); err != nil {
		return 2
	}
	if *bill == "" || *licences == "" || flags.NArg() == 0 {
		flags.Usage()
		return 2
	}
	if err := write(*bill, *licences, *web, flags.Args()); err != nil {
		fmt.Fprintln(trouble, "sbom:", err)
		return 1
	}
	return 0
}

func write(billPath, licencesPath, web string, programs []string) error {
	var all []program
	for _, path := range programs {
		p, err := read(path)
		if err != nil {
			return err
		}
		all = append(all, p)
	}
	if web != "" {
		p, err := readWeb(web)
		if err != nil {
			return err
		}
		all = append(all, p)
	}
	text, err := billOf(all)
	if err != nil {
		return err
	}
	if err := os.WriteFile(billPath, text, 0o644); err != nil {
		return fmt.Errorf("write the bill: %w", err)
	}
	var out bytes.Buffer
	if err := licencesOf(&out, all); err != nil {
		return err
	}
	if err := os.WriteFile(licencesPath, out.Bytes(), 0o644); err != nil {
		return fmt.Errorf("write the licences: %w", err)
	}
	return nil
}
