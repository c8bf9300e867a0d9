//! Random numbers from a fixed seed, the same on every machine (SplitMix64 of Steele, Lea and Flood 2014).

#[derive(Clone, Debug)]
pub(crate) struct Random(u64);

impl Random {
    pub(crate) fn seeded(seed: u64) -> Self {
        Self(seed)
    }

    fn bits(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        z ^ (z >> 31)
    }

    /// Above 0 and below 1.
    pub(crate) fn uniform(&mut self) -> f64 {
        ((self.bits() >> 12) as f64 + 0.5) / (1_u64 << 52) as f64
    }

    /// 1 or -1.
    pub(crate) fn sign(&mut self) -> f64 {
        if self.bits() >> 63 == 0 { 1.0 } else { -1.0 }
    }

    /// Mean 0, standard deviation 1 (Box and Muller 1958).
    pub(crate) fn normal(&mut self) -> f64 {
        let (radius, angle) = (self.uniform(), self.uniform());
        (-2.0 * radius.ln()).sqrt() * (std::f64::consts::TAU * angle).cos()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn draws_have_the_moments_they_promise() {
        let mut random = Random::seeded(1);
        let draws: Vec<f64> = (0..20_000).map(|_| random.normal()).collect();
        let mean = crate::numbers::mean(&draws);
        let variance = crate::numbers::mean(&draws.iter().map(|x| x * x).collect::<Vec<_>>());
        let signs: f64 = (0..20_000).map(|_| random.sign()).sum();
        assert!(mean.abs() < 0.03 && (variance - 1.0).abs() < 0.04 && signs.abs() < 500.0, "{mean} {variance} {signs}");
    }
}
