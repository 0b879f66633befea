"""The words about a provider of identities: going to it, coming back, being refused."""

from collections.abc import Mapping

from ledger.words import Words

PROVIDER: Mapping[str, Words] = {
    "login_with": Words("用统一身份认证登录（{}）", "Log in with {}"),
    "bind_with": Words("绑定统一身份认证（{}）", "Bind it to {}"),
    "bind_title": Words("或者，绑定统一身份认证", "Or bind it to your organisation's login"),
    "bind_about": Words(
        "绑定以后用单位的统一身份认证登录，不必另设密码。台账只保存认证方给出的编号，不取姓名、电话等资料。",
        "From then on you log in there, and need no password here. Only the provider's own number for "
        "you is kept; "
        "no name, address or phone is asked for.",
    ),
    "onward": Words("正在前往 {}", "Going to {}"),
    "onward_about": Words(
        "请在那里登录，登录后会自动回到这里。", "Log in there; it will lead you back here by itself."
    ),
    "onward_link": Words("没有自动跳转？请点这里", "Not taken there? Follow this link"),
    "flow_over": Words(
        "这次登录已过期、已用过，或不是在此浏览器中开始的。请重新登录。",
        "This login has ended, was used already, or did not begin in this browser. Log in again.",
    ),
    "provider_said": Words(
        "统一身份认证没有让这次登录完成（{}）。请重新登录，或用密码登录。",
        "The provider of identities did not let this login pass ({}). Try again, or use a password.",
    ),
    "provider_cancelled": Words(
        "您在统一身份认证处取消了登录。", "The login was cancelled at the provider of identities."
    ),
    "unknown_identity": Words(
        "您的身份还没有绑定到任何账户。请向管理账户的人要一个邀请链接，打开后选择“绑定统一身份认证”。",
        "You are not bound to any account yet. Ask whoever keeps the accounts for an invite, open it, "
        "and choose "
        "to bind it.",
    ),
    "identity_taken": Words(
        "您的身份已绑定到另一个账户，没有改动。请直接登录；要换账户，请先让管理账户的人停用原来的账户。",
        "You are bound to another account already; nothing was changed. Log in with it, or have it "
        "disabled first.",
    ),
    "account_disabled": Words(
        "这个账户已停用。请找管理账户的人。", "This account is disabled. Ask whoever keeps the accounts."
    ),
    "without_password": Words(
        "此账户用统一身份认证登录，没有密码。要设密码，请向管理账户的人要一个新的邀请。",
        "This account logs in by the provider of identities and has no password. For one, ask for a "
        "fresh invite.",
    ),
    "provider_busy": Words(
        "正有多人同时登录，请过几秒再试。", "Many are logging in just now: try again in a few seconds."
    ),
    "provider_down": Words(
        "统一身份认证（{}）没有应答，没有登录。请稍后再试，或用密码登录。",
        "The provider of identities ({}) does not answer; nobody was logged in. Try again later, or use "
        "a password.",
    ),
    "provider_odd": Words(
        "统一身份认证（{}）的应答无法读懂，没有登录。请告诉管理员。",
        "The provider of identities ({}) answered something that cannot be read; nobody was logged in. "
        "Tell whoever runs the server.",
    ),
    "provider_other_issuer": Words(
        "统一身份认证自称 {}，与服务器上设定的签发者不同。"
        "请管理员核对 --oidc-issuer（一字不差，含末尾的斜杠）。",
        "The provider calls itself {}, not what this server was told. Whoever runs it must give "
        "--oidc-issuer to the letter, a slash at the end included.",
    ),
    "provider_elsewhere": Words(
        "统一身份认证给出的 {} 不在签发者自己的地址上，没有去访问。请告诉管理员。",
        "The provider's {} is not at the issuer's own address, and was not asked. "
        "Tell whoever runs the server.",
    ),
    "provider_no_token": Words(
        "统一身份认证不承认这次登录（{}）。请重新登录。",
        "The provider of identities does not stand by this login ({}). Log in again.",
    ),
    "token_signature": Words(
        "登录凭据的签名不对，没有登录。请告诉管理员。",
        "The signature of the provider's token is not right; nobody was logged in. "
        "Tell whoever runs the server.",
    ),
    "token_claim": Words(
        "登录凭据中的 {} 缺失或不对，没有登录。请告诉管理员。",
        "{} is missing from the provider's token or not right; nobody was logged in. Tell whoever runs "
        "the server.",
    ),
    "token_exp": Words(
        "登录凭据已过期。请重新登录；如果总是这样，请管理员核对服务器的时钟。",
        "The provider's token has ended. Log in again; if it happens each time, the server's clock may "
        "be wrong.",
    ),
    "token_iat": Words(
        "登录凭据的签发时间在将来。请管理员核对服务器的时钟。",
        "The provider's token was made in the future: the server's clock may be wrong.",
    ),
    "token_nonce": Words(
        "登录凭据不是为这次登录签发的。请重新登录。",
        "The provider's token was not made for this login. Log in again.",
    ),
    "token_aud": Words(
        "登录凭据是签发给另一个系统的，没有登录。请告诉管理员。",
        "The provider's token was made for another system; nobody was logged in. Tell whoever runs the "
        "server.",
    ),
    "token_iss": Words(
        "登录凭据的签发者不是服务器上设定的那一个，没有登录。请告诉管理员。",
        "The provider's token is of another issuer; nobody was logged in. Tell whoever runs the server.",
    ),
}
