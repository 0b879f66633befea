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
}
