package config

// webKeys are those of the pages for customers and agents.
func webKeys() []Key {
	return []Key{
		{Name: "web.public-url", Kind: origin(),
			Doc: "Address of the desk as browsers see it, such as https://help.example.com; with https, cookies are for encrypted connections only. Without it links are made from the request."},
		{Name: "web.embed-origins", Kind: origins(),
			Doc: "Web sites that may show the desk inside their pages with embed.js; every other site is refused by browsers."},
		{Name: "console.enabled", Kind: boolean(), Default: "true",
			Doc: "Serve the pages for support agents at /agent/. Nobody can sign in before an account is made with passdesk agent add."},
		{Name: "console.oidc.issuer", Kind: issuer(),
			Doc: "Address of an OpenID Connect provider whose users may sign in besides; needs web.public-url, whose /agent/oidc/callback is the redirect address."},
		{Name: "console.oidc.client-id", Kind: identifier(),
			Doc: "What the provider calls passdesk."},
		{Name: "console.oidc.client-secret", Kind: secret(0), Secret: true,
			Doc: "How passdesk proves that to the provider."},
		{Name: "console.oidc.client-secret-file", Kind: secretFile(), FileOf: "console.oidc.client-secret",
			Doc: "File that holds console.oidc.client-secret."},
		{Name: "console.oidc.domains", Kind: identifiers(),
			Doc: "Mail domains, such as example.com, whose users may sign in; all others are refused."},
		{Name: "console.oidc.role-claim", Kind: identifier(),
			Doc: "Claim with a user's roles or groups; without it everybody is an agent until passdesk agent role says otherwise."},
		{Name: "console.oidc.authors", Kind: identifiers(),
			Doc: "Values of that claim that make an author, who sees no customers' conversations."},
		{Name: "console.oidc.admins", Kind: identifiers(),
			Doc: "Values of that claim that make an admin."},
	}
}
