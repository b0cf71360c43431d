//! Whole numbers shared out so that they add up.
//!
//! In: a total and weights. Out: parts that sum to the total exactly (largest remainder, Hamilton).

use super::super::dice::Dice;

/// Shares `total` by `weights`; earlier places win ties. Without any weight all falls to the first.
pub(super) fn apportion(total: u32, weights: &[u64]) -> Vec<u32> {
    let sum: u128 = weights.iter().map(|weight| u128::from(*weight)).sum();
    if sum == 0 {
        let mut parts = vec![0; weights.len()];
        if let Some(first) = parts.first_mut() {
            *first = total;
        }
        return parts;
    }
    let exact = |weight: u64| u128::from(total) * u128::from(weight);
    let mut parts: Vec<u32> = weights
        .iter()
        .map(|weight| u32::try_from(exact(*weight) / sum).unwrap_or(0))
        .collect();
    let mut left = total - parts.iter().sum::<u32>();
    let mut order: Vec<usize> = (0..weights.len()).collect();
    order.sort_by_key(|&place| {
        let remainder = weights.get(place).map_or(0, |weight| exact(*weight) % sum);
        (std::cmp::Reverse(remainder), place)
    });
    for place in order {
        if left == 0 {
            break;
        }
        if let Some(part) = parts.get_mut(place) {
            *part += 1;
            left -= 1;
        }
    }
    parts
}

/// Shares `total` among places that have room for so many each, roughly evenly filled, some more and some less. What the room
/// does not hold is left out.
pub(super) fn within(total: u32, room: &[u32], seed: u64) -> Vec<u32> {
    let space: u32 = room.iter().sum();
    let total = total.min(space);
    let mut dice = Dice::new(seed, &[u64::from(total), u64::from(space)]);
    // The emptier the whole, the more the places differ.
    let empty = u64::from(space - total) * 1000 / u64::from(space.max(1));
    let spread = i32::try_from(empty.min(400)).unwrap_or(0);
    let weights: Vec<u64> = room
        .iter()
        .map(|room| {
            let bent = 1000 + dice.between(-spread, spread);
            u64::from(*room) * u64::from(bent.unsigned_abs())
        })
        .collect();
    let mut parts = apportion(total, &weights);
    // What does not fit goes where there is most room left.
    let mut over = 0;
    for (part, room) in parts.iter_mut().zip(room) {
        let too_many = part.saturating_sub(*room);
        over += too_many;
        *part -= too_many;
    }
    while over > 0 {
        let left: Vec<u64> = room
            .iter()
            .zip(&parts)
            .map(|(room, part)| u64::from(room - part))
            .collect();
        if left.iter().all(|left| *left == 0) {
            break;
        }
        let more = apportion(over, &left);
        for ((part, room), more) in parts.iter_mut().zip(room).zip(more) {
            let fits = more.min(room - *part);
            *part += fits;
            over -= fits;
        }
    }
    parts
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_add_up() {
        for (total, weights, parts) in [
            (10, &[1, 1, 1][..], &[4, 3, 3][..]),
            (100, &[26_847, 22_389, 0], &[55, 45, 0]),
            (7, &[0, 0], &[7, 0]),
            (0, &[3, 4], &[0, 0]),
        ] {
            assert_eq!(apportion(total, weights), parts);
        }
    }

    #[test]
    fn room_is_kept() {
        for seed in 0..50 {
            let room = [10, 0, 300, 25, 1];
            for total in [0, 1, 200, 335, 336, 900] {
                let parts = within(total, &room, seed);
                assert_eq!(parts.iter().sum::<u32>(), total.min(336));
                assert!(parts.iter().zip(&room).all(|(part, room)| part <= room));
            }
        }
    }
}
