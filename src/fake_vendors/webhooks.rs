//! Delivery of notifications to casero: signed, in order per subject, repeated until it answers 200, unless a
//! fault is active.
//!
//! Each lane delivers one notification at a time and each subject (a guest, a payment) has one lane, so order
//! holds per subject while a slow answer delays only its own lane. A retried or delayed notification leaves
//! the lane meanwhile: vendors do not wait either.

use std::sync::Arc;
use std::time::Duration;

use tokio::sync::mpsc;

use super::hook::{Attempt, Fate, Hook};
use super::world::{World, lane_of};

/// Number of lanes.
pub(super) const LANES: usize = 4;
/// Time limit of an answer: Mercado Pago waits 22 seconds, Meta less. One limit serves both.
const ANSWER_WITHIN: Duration = Duration::from_secs(22);
/// First backoff. Vendors wait minutes; a demo and a test should not.
const FIRST_RETRY: Duration = Duration::from_millis(100);
/// Longest backoff.
const LONGEST_RETRY: Duration = Duration::from_secs(2);
/// Most attempts: about two minutes, longer than any restart in a test.
const ATTEMPTS_MAX: usize = 64;
/// Longest delay of a reordered notification without a successor.
const HELD_BACK_AT_MOST: Duration = Duration::from_millis(400);

/// Delivers one lane's notifications until the simulator stops.
pub(super) async fn run_lane(world: Arc<World>, mut lane: mpsc::UnboundedReceiver<u64>) {
    let agent = agent();
    let mut held: Option<u64> = None;
    loop {
        let next = match held {
            None => lane.recv().await,
            Some(_) => match tokio::time::timeout(HELD_BACK_AT_MOST, lane.recv()).await {
                Ok(next) => next,
                Err(_elapsed) => {
                    deliver_held(&world, &agent, &mut held).await;
                    continue;
                }
            },
        };
        let Some(id) = next else { return };
        if held.is_none() && take_reorder(&world, id) {
            held = Some(id);
            continue;
        }
        deliver(&world, &agent, id).await;
        deliver_held(&world, &agent, &mut held).await;
    }
}

/// Verifies a callback address; `true` if the challenge was returned.
pub(super) async fn verify(world: &World) -> bool {
    let Some(app_url) = world.connected().await else {
        return false;
    };
    let challenge = world.change(|scene| scene.ids.number_in_order().to_string());
    let request = agent()
        .get(format!("{app_url}/webhooks/whatsapp"))
        .query("hub.mode", "subscribe")
        .query("hub.challenge", &challenge)
        .query("hub.verify_token", &world.config.verify_token);
    let answer = tokio::task::spawn_blocking(move || {
        let mut answer = request.call().ok()?;
        let body = answer.body_mut().read_to_string().ok()?;
        (answer.status().as_u16() == 200).then_some(body)
    });
    answer.await.ok().flatten() == Some(challenge)
}

async fn deliver_held(world: &Arc<World>, agent: &ureq::Agent, held: &mut Option<u64>) {
    if let Some(id) = held.take() {
        deliver(world, agent, id).await;
    }
}

/// Whether this notification is to be sent after its successor; consumed by the call.
fn take_reorder(world: &World, id: u64) -> bool {
    world.change(|scene| scene.hook(id).is_some_and(|hook| std::mem::take(&mut hook.struck.reorder)))
}

async fn deliver(world: &Arc<World>, agent: &ureq::Agent, id: u64) {
    let Some(app_url) = world.connected().await else {
        return;
    };
    let Some((hook, delay)) = world.change(|scene| {
        let hook = scene.hook(id)?;
        let delay = hook.struck.delay.take();
        Some((hook.clone(), delay))
    }) else {
        return;
    };
    if let Some(delay) = delay {
        come_back(world, id, &hook.subject, delay);
        return;
    }
    if hook.struck.drop {
        world.change(|scene| settle(scene.hook(id), Fate::Lost));
        return;
    }
    let times = if hook.struck.duplicate { 2 } else { 1 };
    for _ in 0..times {
        attempt(world, agent, &app_url, id).await;
    }
    retry_unless_over(world, id);
}

async fn attempt(world: &Arc<World>, agent: &ureq::Agent, app_url: &str, id: u64) {
    let Some(request) = world.change(|scene| {
        let hook = scene.hook(id)?;
        let whole = hook.body.clone().into_bytes();
        let cut = std::mem::take(&mut hook.struck.cut);
        let length = if cut { whole.len() / 2 } else { whole.len() };
        let mut request = ureq::http::Request::post(format!("{app_url}{}", hook.path));
        for (name, value) in &hook.headers {
            request = request.header(*name, value);
        }
        request.body(whole[..length].to_vec()).ok()
    }) else {
        world.change(|scene| settle(scene.hook(id), Fate::GivenUp));
        return;
    };
    let agent = agent.clone();
    let answer = tokio::task::spawn_blocking(move || agent.run(request)).await;
    let status = answer.ok().and_then(Result::ok).map(|answer| answer.status().as_u16());
    let at = world.clock.millis();
    world.change(|scene| {
        let Some(hook) = scene.hook(id) else { return };
        hook.attempts.push(Attempt { at, status });
        if matches!(status, Some(200 | 201)) {
            hook.fate = Fate::Delivered;
            let (phone, wamid) = (hook.subject.clone(), hook.wamid.clone());
            if let Some(wamid) = wamid {
                scene.phones.delivered(&phone, &wamid);
            }
        }
    });
}

fn retry_unless_over(world: &Arc<World>, id: u64) {
    let again = world.change(|scene| {
        let hook = scene.hook(id)?;
        if hook.is_over() {
            return None;
        }
        if hook.attempts.len() >= ATTEMPTS_MAX {
            hook.fate = Fate::GivenUp;
            return None;
        }
        hook.struck.duplicate = false;
        let doublings = u32::try_from(hook.attempts.len().saturating_sub(1).min(8)).unwrap_or(8);
        let pause = FIRST_RETRY.saturating_mul(2_u32.pow(doublings));
        Some((hook.subject.clone(), pause.min(LONGEST_RETRY)))
    });
    if let Some((subject, pause)) = again {
        come_back(world, id, &subject, pause);
    }
}

fn come_back(world: &Arc<World>, id: u64, subject: &str, after: Duration) {
    let lane = lane_of(subject, LANES);
    world.later(after, move |world| world.enqueue(lane, id));
}

fn settle(hook: Option<&mut Hook>, fate: Fate) {
    if let Some(hook) = hook {
        hook.fate = fate;
    }
}

fn agent() -> ureq::Agent {
    ureq::Agent::config_builder()
        .timeout_global(Some(ANSWER_WITHIN))
        .http_status_as_error(false)
        .max_redirects(0)
        .build()
        .into()
}
