//! Permissions: every mounted route, requested as every role and without an account, against the table
//! written out here. A route that is not in the table, and one in the table that is not mounted, fail.

use super::*;
use std::collections::{BTreeMap, BTreeSet};
use strum::VariantArray;

/// Open: public, or with a signature or a secret of its own.
const EVERYBODY: &[&str] = &[
    "GET /healthz",
    "GET /readyz",
    "GET /metrics",
    "GET /openapi.json",
    "GET /assets/<mark>/<name>",
    "GET /manifest.webmanifest",
    "GET /sw.js",
    "GET /icon-192.png",
    "GET /icon-512.png",
    "GET /offline",
    "GET /photos/<token>/<file>",
    "GET /ical/<file>",
    "HEAD /ical/<file>",
    "GET /webhooks/mercadopago",
    "GET /webhooks/whatsapp",
    "POST /webhooks/whatsapp",
    "POST /webhooks/mercadopago",
    "GET /reservar",
    "POST /reservar",
    "GET /reserva/<code>/<word>",
    "POST /reserva/<code>/<word>",
    "GET /reserva/<code>/<word>/estadia.ics",
    "GET /arrepentimiento",
    "POST /arrepentimiento",
    "GET /pago/listo",
    "GET /pago/pendiente",
    "GET /pago/rechazado",
    "POST /api/v1/login",
    "GET /api/v1/availability",
    "GET /api/v1/quote",
    "GET /admin/login",
    "POST /admin/login",
    "POST /admin/login/code",
    "GET /admin/setup/<word>",
    "POST /admin/setup/<word>",
];

/// Owner, helper and cleaner: today, the tape chart, and the logout.
const ALL_ROLES: &[&str] = &[
    "GET /admin",
    "GET /admin/chart",
    "GET /admin/chart/months/<id>",
    "GET /admin/changes",
    "GET /admin/more",
    "POST /admin/logout",
];

/// Owner and helper: inbox, guests, bookings, payments, downloads; prices and calendars to read; texts and
/// answers; reports.
const OWNER_AND_HELPER: &[&str] = &[
    "GET /admin/inbox",
    "GET /admin/inbox/<id>",
    "POST /admin/inbox/<id>/reply",
    "POST /admin/inbox/<id>/file",
    "POST /admin/inbox/<id>/place",
    "POST /admin/inbox/<id>/take_over",
    "POST /admin/inbox/<id>/hand_back",
    "POST /admin/inbox/<id>/seen",
    "GET /admin/inbox/canned",
    "POST /admin/inbox/canned",
    "POST /admin/inbox/canned/<id>",
    "POST /admin/inbox/canned/<id>/remove",
    "GET /admin/media/<id>",
    "GET /admin/media/sent/<id>",
    "POST /admin/matters/<id>",
    "POST /admin/matters/<id>/book",
    "POST /admin/matters/<id>/receipt",
    "POST /admin/requests/<id>",
    "GET /admin/guests",
    "GET /admin/guests/<id>",
    "POST /admin/guests/<id>",
    "GET /admin/chart/block",
    "POST /admin/chart/block",
    "GET /admin/chart/blocks/<id>",
    "POST /admin/chart/blocks/<id>/open",
    "GET /admin/chart/move/<code>",
    "GET /admin/reservations",
    "GET /admin/reservations.csv",
    "GET /admin/reservations/new",
    "POST /admin/reservations/new",
    "POST /admin/reservations/new/look",
    "GET /admin/reservations/<code>",
    "GET /admin/reservations/<code>/voucher",
    "POST /admin/reservations/<code>/confirm",
    "POST /admin/reservations/<code>/check_in",
    "POST /admin/reservations/<code>/check_out",
    "POST /admin/reservations/<code>/no_show",
    "POST /admin/reservations/<code>/cancel",
    "POST /admin/reservations/<code>/move",
    "POST /admin/reservations/<code>/received",
    "GET /admin/cabins",
    "GET /admin/cabins/<id>",
    "GET /admin/price_rules",
    "GET /admin/rates",
    "GET /admin/calendars",
    "GET /admin/texts",
    "POST /admin/texts",
    "POST /admin/texts/preview",
    "GET /admin/reports",
    "GET /admin/reports/<name>",
    "GET /admin/code",
    "POST /admin/code",
    "POST /admin/code/off",
    "GET /api/v1/conversations",
    "GET /api/v1/conversations/<id>",
    "POST /api/v1/conversations/<id>/reply",
    "POST /api/v1/conversations/<id>/take_over",
    "POST /api/v1/conversations/<id>/hand_back",
    "GET /api/v1/messages/<id>/media",
    "GET /api/v1/attention",
    "POST /api/v1/attention/<id>/resolve",
    "GET /api/v1/notices",
    "GET /api/v1/requests",
    "POST /api/v1/requests/<id>/decide",
    "GET /api/v1/payments",
    "GET /api/v1/cabins/<id>/blocks",
    "POST /api/v1/cabins/<id>/blocks",
    "DELETE /api/v1/cabins/<id>/blocks/<block>",
    "DELETE /api/v1/blocks/<id>",
    "GET /api/v1/reservations",
    "GET /api/v1/reservations.csv",
    "POST /api/v1/reservations",
    "GET /api/v1/reservations/<id>",
    "POST /api/v1/reservations/<id>/confirm",
    "POST /api/v1/reservations/<id>/check_in",
    "POST /api/v1/reservations/<id>/check_out",
    "POST /api/v1/reservations/<id>/no_show",
    "POST /api/v1/reservations/<id>/cancel",
    "POST /api/v1/reservations/<id>/move",
    "POST /api/v1/reservations/<id>/payments",
    "GET /api/v1/cabins",
    "GET /api/v1/cabins/<id>",
    "GET /api/v1/cabins/<id>/rates",
    "GET /api/v1/price_rules",
    "GET /api/v1/cabins/<id>/feeds",
    "GET /api/v1/texts",
    "PUT /api/v1/texts",
    "GET /api/v1/reports/occupancy",
    "GET /api/v1/reports/messages",
];

/// Owner only: refunds, exports of everything, changes of prices and calendars, settings, accounts, audit,
/// backups.
const OWNER: &[&str] = &[
    "POST /admin/reservations/<code>/refund",
    "POST /admin/matters/<id>/give_back",
    "GET /admin/guests/<id>/export",
    "POST /admin/guests/<id>/erase",
    "GET /admin/cabins/new",
    "POST /admin/cabins",
    "POST /admin/cabins/<id>",
    "POST /admin/cabins/<id>/remove",
    "POST /admin/cabins/<id>/photos",
    "POST /admin/cabins/<id>/photos/move",
    "POST /admin/cabins/<id>/photos/remove",
    "GET /admin/rate_changes",
    "POST /admin/rate_changes",
    "POST /admin/rate_changes/<id>/undo",
    "POST /admin/price_rules",
    "POST /admin/price_rules/<id>",
    "POST /admin/price_rules/<id>/remove",
    "POST /admin/rates",
    "POST /admin/rates/<id>",
    "POST /admin/rates/<id>/remove",
    "POST /admin/calendars",
    "POST /admin/calendars/<id>/read",
    "POST /admin/calendars/<id>/renew",
    "POST /admin/calendars/<id>/remove",
    "GET /admin/settings",
    "POST /admin/settings",
    "POST /admin/settings/preview",
    "GET /admin/start",
    "GET /admin/health",
    "POST /admin/health/copy",
    "GET /admin/whatsapp",
    "POST /admin/whatsapp",
    "GET /admin/notices",
    "POST /admin/notices/first",
    "POST /admin/notices/words",
    "POST /admin/notices/test",
    "POST /admin/notices/numbers",
    "POST /admin/notices/numbers/prove",
    "POST /admin/notices/numbers/code",
    "POST /admin/notices/numbers/remove",
    "POST /admin/push",
    "POST /admin/push/remove",
    "POST /api/v1/notices/test",
    "POST /api/v1/owner_phones/prove",
    "GET /admin/users",
    "POST /admin/users",
    "POST /admin/users/<id>/password",
    "POST /admin/users/<id>/role",
    "POST /admin/users/<id>/remove",
    "POST /admin/users/<id>/code_off",
    "GET /admin/audit",
    "POST /api/v1/reservations/<id>/refund",
    "POST /api/v1/cabins",
    "PUT /api/v1/cabins/<id>",
    "DELETE /api/v1/cabins/<id>",
    "POST /api/v1/cabins/<id>/rates",
    "DELETE /api/v1/cabins/<id>/rates/<rate>",
    "DELETE /api/v1/rates/<id>",
    "PUT /api/v1/rates/<id>",
    "POST /api/v1/rates/change",
    "POST /api/v1/rates/copy",
    "POST /api/v1/rates/changes/<id>/undo",
    "POST /api/v1/reservations/<id>/adjustments",
    "DELETE /api/v1/reservations/<id>/adjustments/<place>",
    "POST /api/v1/price_rules",
    "PUT /api/v1/price_rules/<id>",
    "DELETE /api/v1/price_rules/<id>",
    "POST /api/v1/cabins/<id>/feeds",
    "DELETE /api/v1/cabins/<id>/feeds/<feed>",
    "POST /api/v1/feeds/<id>/sync",
    "PUT /api/v1/feeds/<id>",
    "DELETE /api/v1/feeds/<id>",
    "GET /api/v1/settings",
    "PUT /api/v1/settings",
];

/// Roles that may use each route of the table; `None` means everybody.
fn table() -> BTreeMap<&'static str, Option<Vec<Role>>> {
    let audiences = [
        (EVERYBODY, None),
        (ALL_ROLES, Some(Role::VARIANTS.to_vec())),
        (OWNER_AND_HELPER, Some(vec![Role::Owner, Role::Helper])),
        (OWNER, Some(vec![Role::Owner])),
    ];
    let mut table = BTreeMap::new();
    for (routes, audience) in audiences {
        for route in routes {
            assert_eq!(table.insert(*route, audience.clone()), None, "{route} stands twice");
        }
    }
    table
}

fn email(role: Role) -> &'static str {
    match role {
        Role::Owner => "ana@ejemplo.com",
        Role::Helper => "eva@ejemplo.com",
        Role::Cleaner => "sol@ejemplo.com",
    }
}

/// The credentials of a role: a session, its CSRF token, a token of the API.
struct Somebody {
    cookie: String,
    csrf_token: String,
    token: String,
}

impl Somebody {
    fn nobody() -> Somebody {
        Somebody { cookie: String::new(), csrf_token: String::new(), token: String::new() }
    }

    fn enter(place: &Place, role: Role) -> Somebody {
        let mut somebody = Somebody { token: place.log_in(email(role)), ..Somebody::nobody() };
        let form = format!("email={}&password={}&next=/admin", email(role), PASSWORD.replace(' ', "+"));
        let answer = somebody.take(place, Method::Post, "/admin/login", &form);
        assert_eq!(answer.status().code, 303);
        somebody.cookie = answer.cookies().get("casero").unwrap().value().to_owned();
        let page = somebody.take(place, Method::Get, "/admin/more", "").into_string().unwrap();
        let csrf_token = page.split("name=\"csrf_token\" value=\"").nth(1).unwrap();
        somebody.csrf_token = csrf_token.split('"').next().unwrap().to_owned();
        somebody
    }

    /// Sends a request with all these credentials.
    fn take<'p>(&self, place: &'p Place, method: Method, path: &str, form: &str) -> LocalResponse<'p> {
        let mut request = place.client.req(method, path.to_owned());
        if !self.cookie.is_empty() {
            request = request.cookie(("casero", self.cookie.clone()));
        }
        if !self.token.is_empty() {
            request.add_header(Header::new("Authorization", format!("Bearer {}", self.token)));
        }
        let (kind, body) = if path.starts_with("/api") {
            (ContentType::JSON, "{}".to_owned())
        } else {
            (ContentType::Form, format!("csrf_token={}&{form}", self.csrf_token))
        };
        request.add_header(kind);
        if method != Method::Get {
            request.set_body(body);
        }
        request.dispatch()
    }
}

/// `GET /admin/users/<id>`: a route without its query.
fn named(route: &rocket::Route) -> String {
    format!("{} {}", route.method, route.uri.path().trim_end_matches('/'))
}

/// The same with a sample for each placeholder; no row has this number.
fn sample(route: &str) -> (Method, String) {
    let (method, path) = route.split_once(' ').unwrap();
    let filled = path.split('/').map(|part| if part.starts_with('<') { "987654" } else { part });
    (method.parse().unwrap(), filled.collect::<Vec<_>>().join("/"))
}

#[test]
fn the_table_names_every_route_there_is_and_no_other() {
    let place = Place::open();
    let mounted: BTreeSet<String> = place.client.rocket().routes().map(named).collect();
    let table: BTreeSet<String> = table().into_keys().map(str::to_owned).collect();
    assert_eq!(mounted, table);
}

#[test]
fn the_document_asks_for_a_token_where_the_table_does() {
    let document: Value = serde_json::from_str(&openapi::document()).unwrap();
    let table = table();
    for (path, item) in
        document["paths"].as_object().unwrap().iter().filter(|(path, _)| path.contains("/api/"))
    {
        for (method, operation) in item.as_object().unwrap() {
            let route = format!("{} {}", method.to_uppercase(), path.replace('{', "<").replace('}', ">"));
            assert_eq!(operation["security"].is_array(), table[route.as_str()].is_some(), "{route}");
        }
    }
}

#[test]
fn every_route_lets_in_whom_the_table_says_and_denies_the_others() {
    let place = Place::open();
    let table = table();
    let nobody = Somebody::nobody();
    for (route, audience) in &table {
        let (method, path) = sample(route);
        let answer = nobody.take(&place, method, &path, "");
        let door = answer.headers().get_one("Location").is_some_and(|to| to.starts_with("/admin/login"));
        let turned_away = answer.status().code == 401 && path.starts_with("/api") || door;
        // A missing signature is 401 too, without an account being involved.
        let expected = audience.is_some();
        assert!(turned_away == expected || route.contains("/login"), "{route}: nobody, {}", answer.status());
    }
    for role in Role::VARIANTS.iter().copied() {
        let somebody = Somebody::enter(&place, role);
        let (last, first): (Vec<_>, Vec<_>) =
            table.iter().partition(|(route, _)| **route == "POST /admin/logout");
        for (route, audience) in first.into_iter().chain(last) {
            let Some(audience) = audience else { continue };
            let (method, path) = sample(route);
            let answer = somebody.take(&place, method, &path, "");
            let status = answer.status().code;
            if audience.contains(&role) {
                let away = answer.headers().get_one("Location").is_some_and(|to| to.contains("/login?"));
                assert!(!matches!(status, 401 | 403) && !away, "{route}: {role:?} is denied, {status}");
                continue;
            }
            assert_eq!(status, 403, "{route}: {role:?}");
            assert_eq!(answer.headers().get_one("Location"), None, "{route}");
            let text = answer.into_string().unwrap();
            if path.starts_with("/api") {
                let problem: Value = serde_json::from_str(&text).unwrap();
                assert_eq!(problem["code"], "forbidden", "{route}");
            } else {
                assert!(text.contains("Tu cuenta no tiene permiso para esto"), "{route}: {text}");
            }
        }
    }
}

/// A property with a departure, an arrival, a hold, a block, a channel and an open question today.
fn busy() -> Place {
    let mut place = Place::open();
    let cabin = place.cabin();
    for (from, to) in
        [("2027-01-10", "2027-01-12"), ("2027-01-12", "2027-01-14"), ("2027-01-20", "2027-01-22")]
    {
        let (_, held) = place.post("/api/v1/reservations", stay(cabin, from, to));
        let code = held["code"].as_str().unwrap();
        assert_eq!(place.post(&format!("/api/v1/reservations/{code}/confirm"), json!({})).0, 200);
    }
    let closed = json!({"from": "2027-01-15", "to": "2027-01-16", "reason": "pintura de Ramón"});
    assert_eq!(place.post(&format!("/api/v1/cabins/{cabin}/blocks"), closed).0, 201);
    place.clock.0.fetch_add(2 * 86_400, Ordering::Relaxed);
    place.owner = place.log_in(email(Role::Owner));
    assert_eq!(place.post("/api/v1/reservations", stay(cabin, "2027-01-25", "2027-01-27")).0, 201);
    place
}

/// Every address that a page links to or sends a form to, with its method.
fn leads(page: &str) -> BTreeSet<(&'static str, String)> {
    let of = |mark: &str, method: &'static str| {
        let found = page.split(mark).skip(1).filter_map(|rest| rest.split('"').next());
        let ours = found.filter(|path| *path == "/admin" || path.starts_with("/admin/"));
        ours.map(|path| (method, path.replace("&amp;", "&").replace("&#38;", "&"))).collect::<BTreeSet<_>>()
    };
    let mut leads = of("href=\"", "GET");
    for form in page.split("<form").skip(1) {
        let tag = form.split('>').next().unwrap_or_default();
        let method = if tag.contains("method=\"post\"") { "POST" } else { "GET" };
        let action = tag.split("action=\"").nth(1).and_then(|rest| rest.split('"').next());
        leads.extend(action.map(|path| (method, path.to_owned())));
    }
    leads.extend(of("formaction=\"", "POST"));
    leads
}

/// The route of the table that matches an address; a literal segment wins over a placeholder.
fn route_of(table: &BTreeMap<&'static str, Option<Vec<Role>>>, method: &str, path: &str) -> &'static str {
    let bare = path.split(['?', '#']).next().unwrap_or_default();
    let fits = |route: &&&'static str| {
        let (known, pattern) = route.split_once(' ').unwrap();
        let (pattern, given): (Vec<_>, Vec<_>) = (pattern.split('/').collect(), bare.split('/').collect());
        known == method
            && pattern.len() == given.len()
            && pattern.iter().zip(&given).all(|(part, given)| part.starts_with('<') || part == given)
    };
    let found = table.keys().filter(fits).min_by_key(|route| route.matches('<').count());
    found.unwrap_or_else(|| panic!("{method} {path} leads nowhere"))
}

/// Follows every link from the first page, a few times through each route; returns all pages by address.
fn walk(place: &Place, role: Role) -> BTreeMap<String, String> {
    const TIMES: usize = 3;
    let (table, somebody) = (table(), Somebody::enter(place, role));
    let (mut pages, mut seen, mut open) = (BTreeMap::new(), BTreeMap::new(), vec!["/admin".to_owned()]);
    while let Some(path) = open.pop() {
        let answer = somebody.take(place, Method::Get, &path, "");
        assert_eq!(answer.status().code, 200, "{role:?}: {path}");
        if !answer.content_type().is_some_and(|kind| kind.is_html()) {
            continue;
        }
        let page = answer.into_string().unwrap();
        for (method, to) in leads(&page) {
            let route = route_of(&table, method, &to);
            let audience = table[route].as_ref();
            assert!(
                audience.is_none_or(|roles| roles.contains(&role)),
                "{role:?}: {path} leads to {method} {to}"
            );
            let times: &mut usize = seen.entry(route).or_default();
            let to = to.split('#').next().unwrap_or_default().to_owned();
            if method == "GET" && *times < TIMES && !pages.contains_key(&to) {
                *times += 1;
                open.push(to);
            }
        }
        pages.insert(path, page);
    }
    pages
}

#[test]
fn no_page_leads_into_a_room_that_is_shut() {
    let place = busy();
    let rooms = [Role::Owner, Role::Helper, Role::Cleaner].map(|role| walk(&place, role).len());
    assert!(rooms[0] > rooms[1] && rooms[1] > rooms[2] && rooms[2] >= 3, "{rooms:?}");
}

#[test]
fn a_cleaner_reads_first_names_and_no_amount_phone_or_note() {
    let place = busy();
    let pages = walk(&place, Role::Cleaner);
    let today = &pages["/admin"];
    for said in ["Para limpiar", "Los Alerces", "Luz", "2 personas", "Llegan", "Se van"] {
        assert!(today.contains(said), "{said}: {today}");
    }
    assert!(pages["/admin/chart"].contains("Luz"));
    let (_, list) = place.get("/api/v1/reservations");
    let codes = list["reservations"].as_array().unwrap().iter().map(|one| one["code"].as_str().unwrap());
    let secrets = ["Pérez", "5550111", "555-0111", "luz@ejemplo.com", "Ramón", "$"];
    let secrets: Vec<&str> = secrets.into_iter().chain(codes).collect();
    for (path, page) in &pages {
        for secret in &secrets {
            assert!(!page.contains(secret), "{path} says {secret}: {page}");
        }
    }
    let section =
        Somebody::enter(&place, Role::Cleaner).take(&place, Method::Get, "/admin/chart/months/2027-01", "");
    let section = section.into_string().unwrap();
    assert!(section.contains("Luz") && secrets.iter().all(|secret| !section.contains(secret)), "{section}");
}
