package main

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"strings"
	"text/tabwriter"

	"github.com/spf13/cobra"
	"golang.org/x/term"

	"passdesk/internal/access"
	"passdesk/internal/store"
	"passdesk/internal/store/sqlstore"
)

func (p *program) agent() *cobra.Command {
	c := &cobra.Command{
		Use:   "agent",
		Short: "accounts of support agents: add, list, password, role, disable, enable and remove",
		Args: func(c *cobra.Command, args []string) error {
			if len(args) > 0 {
				return usageError{fmt.Errorf("unknown command %q; see %s --help", args[0], c.CommandPath())}
			}
			return nil
		},
		RunE: func(c *cobra.Command, _ []string) error { return c.Help() },
	}
	c.AddCommand(p.agentAdd(), p.agentList(), p.agentPassword(), p.agentRole(), p.agentRemove(),
		p.agentSwitch("disable", "keep an agent out from the next request on", true), p.agentSwitch("enable", "let an agent in again", false))
	return c
}

func (p *program) agentAdd() *cobra.Command {
	var role string
	c := withSettings(&cobra.Command{
		Use:   "add NAME",
		Short: "make an account; the password is asked for, or read as one line of standard input",
		Args:  oneArgument("add needs the name of the agent"),
		RunE: func(c *cobra.Command, args []string) error {
			return p.withStore(c, false, func(ctx context.Context, s *sqlstore.Store) error {
				if _, err := s.AccountNamed(ctx, access.KeyOf(args[0])); err == nil {
					return usageError{fmt.Errorf("there is an agent %q already", args[0])}
				}
				password, err := newPassword(c)
				if err != nil {
					return err
				}
				account, err := access.NewAccount(args[0], access.Role(role), password)
				if err != nil {
					return usageError{err}
				}
				if err := s.AddAccount(ctx, account); err != nil {
					return err
				}
				_, err = fmt.Fprintf(c.OutOrStdout(), "added: %s (%s)\n", account.Name, account.Role)
				return err
			})
		},
	})
	c.Flags().StringVar(&role, "role", string(access.RoleAgent), "agent, author or admin")
	return c
}

func (p *program) agentList() *cobra.Command {
	return withSettings(&cobra.Command{
		Use:   "list",
		Short: "list all accounts",
		Args:  noArguments,
		RunE: func(c *cobra.Command, _ []string) error {
			return p.withStore(c, false, func(ctx context.Context, s *sqlstore.Store) error {
				all, err := s.Accounts(ctx)
				if err != nil {
					return err
				}
				out := tabwriter.NewWriter(c.OutOrStdout(), 0, 0, 2, ' ', 0)
				for _, a := range all {
					how := "password"
					if a.Issuer != "" {
						how = a.Issuer
					}
					state := "enabled"
					if a.Disabled {
						state = "disabled"
					}
					_, _ = fmt.Fprintf(out, "%s\t%s\t%s\t%s\n", a.Name, a.Role, state, how) // Flush tells
				}
				return out.Flush()
			})
		},
	})
}

// changeAgent makes a command that changes one account.
func (p *program) changeAgent(use, short string, change func(c *cobra.Command, a *store.Account, args []string) error) *cobra.Command {
	words := len(strings.Fields(use)) - 1
	return withSettings(&cobra.Command{
		Use:   use,
		Short: short,
		Args: func(c *cobra.Command, args []string) error {
			if len(args) != words {
				return usageError{fmt.Errorf("use it as in: %s %s", c.Parent().CommandPath(), use)}
			}
			return nil
		},
		RunE: func(c *cobra.Command, args []string) error {
			return p.withStore(c, false, func(ctx context.Context, s *sqlstore.Store) error {
				account, err := agentNamed(ctx, s, args[0])
				if err == nil {
					err = change(c, &account, args)
				}
				if err == nil {
					err = s.ChangeAccount(ctx, account)
				}
				if err == nil {
					_, err = fmt.Fprintf(c.OutOrStdout(), "changed: %s\n", account.Name)
				}
				return err
			})
		},
	})
}

func agentNamed(ctx context.Context, s *sqlstore.Store, name string) (store.Account, error) {
	account, err := s.AccountNamed(ctx, access.KeyOf(name))
	if errors.Is(err, store.ErrNotFound) {
		err = usageError{fmt.Errorf("there is no agent %q; see passdesk agent list", name)}
	}
	return account, err
}

func (p *program) agentSwitch(word, short string, disabled bool) *cobra.Command {
	return p.changeAgent(word+" NAME", short, func(_ *cobra.Command, a *store.Account, _ []string) error {
		a.Disabled = disabled
		return nil
	})
}

func (p *program) agentPassword() *cobra.Command {
	return p.changeAgent("password NAME", "give an agent another password, which ends their sessions", func(c *cobra.Command, a *store.Account, _ []string) error {
		password, err := newPassword(c)
		if err != nil {
			return err
		}
		if err := access.SetPassword(a, password); err != nil {
			return usageError{err}
		}
		return nil
	})
}

func (p *program) agentRole() *cobra.Command {
	return p.changeAgent("role NAME ROLE", "make an agent an agent, author or admin, which ends their sessions", func(_ *cobra.Command, a *store.Account, args []string) error {
		for _, role := range access.Roles() {
			if args[1] == string(role) {
				a.Role = args[1]
				return nil
			}
		}
		return usageError{fmt.Errorf("there is no role %q; the roles are %v", args[1], access.Roles())}
	})
}

func (p *program) agentRemove() *cobra.Command {
	return withSettings(&cobra.Command{
		Use:   "remove NAME",
		Short: "erase an account",
		Args:  oneArgument("remove needs the name of the agent"),
		RunE: func(c *cobra.Command, args []string) error {
			return p.withStore(c, false, func(ctx context.Context, s *sqlstore.Store) error {
				account, err := agentNamed(ctx, s, args[0])
				if err == nil {
					err = s.RemoveAccount(ctx, account.ID)
				}
				if err == nil {
					_, err = fmt.Fprintf(c.OutOrStdout(), "removed: %s\n", account.Name)
				}
				return err
			})
		},
	})
}

// newPassword asks for a password twice, without showing it, or reads one line from a pipe.
func newPassword(c *cobra.Command) (string, error) {
	file, ok := c.InOrStdin().(*os.File)
	if !ok || !term.IsTerminal(int(file.Fd())) {
		line, err := bufio.NewReader(io.LimitReader(c.InOrStdin(), 1<<16)).ReadString('\n')
		if err != nil && !errors.Is(err, io.EOF) {
			return "", fmt.Errorf("read password: %w", err)
		}
		return strings.TrimRight(line, "\r\n"), nil
	}
	var typed [2]string
	for i, prompt := range []string{"Password: ", "Again: "} {
		if _, err := fmt.Fprint(c.ErrOrStderr(), prompt); err != nil {
			return "", err
		}
		password, err := term.ReadPassword(int(file.Fd()))
		_, _ = fmt.Fprintln(c.ErrOrStderr()) // the key Enter was not shown
		if err != nil {
			return "", fmt.Errorf("read password: %w", err)
		}
		typed[i] = string(password)
	}
	if typed[0] != typed[1] {
		return "", usageError{errors.New("the two passwords differ")}
	}
	return typed[0], nil
}
