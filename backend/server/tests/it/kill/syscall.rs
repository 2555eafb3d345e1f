//! Attack A2: `kill -9` at every call of the system that filing, approving and erasing make to write, one after the other.

use std::path::Path;

use rand::SeedableRng;
use rand::rngs::StdRng;
use rand::seq::SliceRandom;
use varsel_storage::testing::{proved, scale, seed};

use super::nursery::Nursery;
use super::planted::Plant;
use super::rounds::copied;
use super::scene::Scene;
use super::trace::{self, Point, Trace};
use super::worker::Order;

/// What came of killing at one point.
struct Killed {
    /// Whether the point was reached: otherwise the work was done before it.
    reached: bool,
    faults: Vec<String>,
}

/// Kills at one point of the scene's work, and looks at what is left; then the work is done again, and must end well.
async fn kill(
    nursery: &mut Nursery,
    scene: &Scene,
    (template, point): (&Path, &Point),
    plant: Option<Plant>,
) -> Killed {
    let data = copied(template);
    let order = Order { plant, ..Order::new(data.path(), scene.task()) };
    let worker = nursery.begin(&order).await;
    let trace = Trace::attach(worker, Some(point), None).await.expect("it could be traced before");
    nursery.go().await;
    let mut sent = scene.sent();
    let reached = nursery.hear_to_the_end(&mut sent).await;
    trace.end().await;
    let data = data.path();
    let mut faults = scene.faults(data, &sent).await;
    if faults.is_empty() {
        faults = scene.again(data, &sent).await;
    }
    Killed { reached, faults }
}

/// Every point of the scene's work: all writing calls that it makes when nobody kills it.
async fn points(
    nursery: &mut Nursery,
    scene: &Scene,
    template: &Path,
    plant: Option<Plant>,
) -> Option<Vec<Point>> {
    let data = copied(template);
    let worker = nursery.begin(&Order { plant, ..Order::new(data.path(), scene.task()) }).await;
    let written = data.path().join("calls");
    let trace = Trace::attach(worker, None, Some(&written)).await;
    nursery.go().await;
    let mut sent = scene.sent();
    assert!(!nursery.hear_to_the_end(&mut sent).await, "nobody killed it");
    trace?.end().await;
    assert_eq!(scene.faults(data.path(), &sent).await, [""; 0], "left alone");
    let points = trace::points(&std::fs::read_to_string(written).unwrap());
    assert!(points.len() >= 10, "{points:?}");
    Some(points)
}

/// All points in the order of chance, and a share of them in every run of the tests.
async fn at_every_call(scene: Scene) {
    let template = scene.template().await;
    let mut nursery = Nursery::start();
    let Some(mut points) = points(&mut nursery, &scene, template.path(), None).await else { return };
    let all = points.len();
    points.shuffle(&mut StdRng::seed_from_u64(seed()));
    points.truncate(scale(24, all));
    let mut reached = 0;
    for point in &points {
        let killed = kill(&mut nursery, &scene, (template.path(), point), None).await;
        assert_eq!(killed.faults, [""; 0], "{} killed at {point:?}", scene.name());
        reached += usize::from(killed.reached);
    }
    // Chance is in ids, salts and what wakes which thread, so that a page or a signal may be written once more or less.
    assert!(reached * 2 >= points.len(), "{reached} of {} points reached", points.len());
    let tried = points.len();
    proved("A2", &format!("{}: {tried} of {all} points, {reached} reached: 0 bad", scene.name()));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_report_is_whole_or_not_there_at_every_call_of_the_system() {
    at_every_call(Scene::submit()).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_approval_is_carried_out_or_not_there_at_every_call_of_the_system() {
    at_every_call(Scene::approve().await).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_erasure_goes_on_where_it_was_killed_at_every_call_of_the_system() {
    at_every_call(Scene::erase()).await;
}

/// Kills at one point after the other, the last first, until the planted fault shows as what is `told`.
async fn find(scene: Scene, plant: Plant, told: &str) {
    let template = scene.template().await;
    plant.prepare(template.path()).await;
    let mut nursery = Nursery::start();
    let Some(mut points) = points(&mut nursery, &scene, template.path(), Some(plant)).await else { return };
    // What comes late is at the end.
    points.sort_by_key(|point| std::cmp::Reverse(point.number));
    for point in &points {
        let killed = kill(&mut nursery, &scene, (template.path(), point), Some(plant)).await;
        if killed.faults.iter().any(|fault| fault.contains(told)) {
            return;
        }
    }
    panic!("{}: none of {} kills showed the fault", scene.name(), points.len());
}

#[tokio::test(flavor = "multi_thread")]
async fn a_receipt_that_comes_late_is_found_at_some_call_of_the_system() {
    find(Scene::submit(), Plant::LateJob, "receipts by mail, and 1 expected").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_mail_about_an_approval_that_comes_late_is_found_at_some_call_of_the_system() {
    find(Scene::approve().await, Plant::LateJob, "the change is half carried out").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_key_that_is_destroyed_late_is_found_at_some_call_of_the_system() {
    find(Scene::erase(), Plant::LateKey, "keys are left").await;
}
