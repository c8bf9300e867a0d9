//! The picture of a scanned page, for a program that recognises letters.
//!
//! Only images are painted, in the order in which they are drawn, on white: a scan is nothing else. Lines, text and
//! clipping are left out; a page without images has no picture.

use hayro_interpret::font::GlyphRun;
use hayro_interpret::hayro_syntax::Pdf;
use hayro_interpret::hayro_syntax::page::Page;
use hayro_interpret::kurbo::{Affine, BezPath, Point, Rect, Shape};
use hayro_interpret::{
    BlendMode, ClipPath, Context, Device, DrawMode, DrawProps, Image, ImageData, ImageDrawProps, InterpreterCache,
    InterpreterSettings, LumaData, Paint, SoftMask, TransformExt, interpret_page,
};

use super::isolated;
use super::protocol::{Password, Size};

/// More dots than this, a page of about A3 at 300 to the inch, are not painted: the resolution gives way.
const MOST_DOTS: f64 = 18e6;
/// Points of the source that are averaged for one dot, along each side.
const MOST_SAMPLES: usize = 4;

/// A grey picture, white 255, row by row from the top.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Picture {
    pub(super) size: Size,
    pub(super) dots: Vec<u8>,
}

/// Paints the page of this number, from 1; `None` where there is no such page, no image on it, or it cannot be painted.
pub(super) fn of_page(bytes: Vec<u8>, page: u32, dots_per_inch: u32, password: Option<&Password>) -> Option<Picture> {
    let password = password.cloned().unwrap_or_default();
    isolated::run("painter", move || {
        let pdf = Pdf::new_with_password(bytes, password.text()).ok()?;
        painted(pdf.pages().get(page.checked_sub(1)? as usize)?, f64::from(dots_per_inch))
    })
    .flatten()
}

fn painted(page: &Page<'_>, dots_per_inch: f64) -> Option<Picture> {
    let (width, height) = page.render_dimensions();
    let (width, height) = (f64::from(width), f64::from(height));
    let scale = (dots_per_inch / 72.0).min((MOST_DOTS / (width * height).max(1.0)).sqrt());
    let side = |points: f64| ((points * scale).round() as u32).max(1);
    let size = Size { width: side(width), height: side(height) };
    let (cache, settings) = (InterpreterCache::new(), InterpreterSettings::default());
    let transform = Affine::scale(scale) * page.initial_transform(true).to_kurbo();
    let bounds = Rect::new(0.0, 0.0, f64::from(size.width), f64::from(size.height));
    let mut context = Context::new(transform, bounds, &cache, page.xref(), settings);
    let white = Picture { size, dots: vec![255; size.width as usize * size.height as usize] };
    let mut painter = Painter { picture: white, images: 0 };
    interpret_page(page, &mut context, &mut painter);
    (painter.images > 0).then_some(painter.picture)
}

struct Painter {
    picture: Picture,
    images: usize,
}

/// Grey values and how much of each covers what is below it, 0 to 255.
struct Grey<'i> {
    width: usize,
    height: usize,
    value: &'i dyn Fn(usize) -> f64,
    cover: &'i dyn Fn(f64, f64) -> f64,
    /// From the image's own dots to the picture's.
    place: Affine,
}

impl Painter {
    fn paint(&mut self, image: &Grey<'_>) {
        self.images += 1;
        if image.place.determinant().abs() < 1e-9 {
            return;
        }
        let inverse = image.place.inverse();
        let corners = Rect::new(0.0, 0.0, image.width as f64, image.height as f64).to_path(0.1);
        let covered = (image.place * corners).bounding_box();
        let within = |x: f64, most: u32| x.clamp(0.0, f64::from(most)) as usize;
        let samples = (inverse.determinant().abs().sqrt().ceil() as usize).clamp(1, MOST_SAMPLES);
        for y in
            within(covered.y0.floor(), self.picture.size.height)..within(covered.y1.ceil(), self.picture.size.height)
        {
            for x in
                within(covered.x0.floor(), self.picture.size.width)..within(covered.x1.ceil(), self.picture.size.width)
            {
                let dot = &mut self.picture.dots[y * self.picture.size.width as usize + x];
                *dot = dot_of(image, inverse, (x, y), samples, f64::from(*dot));
            }
        }
    }
}

/// One dot of the picture: the mean of what the image shows at points spread over it, on what is below.
fn dot_of(image: &Grey<'_>, inverse: Affine, (x, y): (usize, usize), samples: usize, below: f64) -> u8 {
    let mut sum = 0.0;
    for i in 0..samples * samples {
        let part = |i: usize| (i as f64 + 0.5) / samples as f64;
        let at = inverse * Point::new(x as f64 + part(i % samples), y as f64 + part(i / samples));
        let inside = at.x >= 0.0 && at.y >= 0.0 && at.x < image.width as f64 && at.y < image.height as f64;
        sum += if inside {
            let cover = (image.cover)(at.x / image.width as f64, at.y / image.height as f64) / 255.0;
            below + ((image.value)(at.y as usize * image.width + at.x as usize) - below) * cover
        } else {
            below
        };
    }
    (sum / (samples * samples) as f64).round() as u8
}

/// The dot of a mask at a place given as shares of its width and height.
fn at_share(mask: &LumaData, x: f64, y: f64) -> f64 {
    let index = |share: f64, of: u32| ((share * f64::from(of)) as usize).min((of as usize).saturating_sub(1));
    let at = index(y, mask.height) * mask.width as usize + index(x, mask.width);
    mask.data.get(at).copied().map_or(0.0, f64::from)
}

fn luma([red, green, blue]: [u8; 3]) -> f64 {
    0.299 * f64::from(red) + 0.587 * f64::from(green) + 0.114 * f64::from(blue)
}

impl<'a> Device<'a> for Painter {
    fn draw_image(&mut self, image: Image<'a, '_>, props: ImageDrawProps<'a>) {
        let place = |(x, y): (f32, f32)| props.transform * Affine::scale_non_uniform(f64::from(x), f64::from(y));
        match image {
            Image::Raster(raster) => raster.with_rgba(
                |image, alpha| {
                    let value: &dyn Fn(usize) -> f64 = match &image {
                        ImageData::Luma(grey) => &|i| grey.data.get(i).copied().map_or(255.0, f64::from),
                        ImageData::Rgb(rgb) => {
                            &|i| rgb.data.get(3 * i..3 * i + 3).map_or(255.0, |dot| luma([dot[0], dot[1], dot[2]]))
                        }
                    };
                    let cover: &dyn Fn(f64, f64) -> f64 = match &alpha {
                        Some(mask) => &|x, y| at_share(mask, x, y),
                        None => &|_, _| 255.0,
                    };
                    let (width, height) = (image.width() as usize, image.height() as usize);
                    self.paint(&Grey { width, height, value, cover, place: place(image.scale_factors()) });
                },
                None,
            ),
            Image::Stencil(stencil) => stencil.with_stencil(
                |mask, paint| {
                    let ink = match paint {
                        Paint::Color(color) => {
                            let [red, green, blue, _] = color.to_rgba().to_rgba8();
                            luma([red, green, blue])
                        }
                        Paint::Pattern(_) => 0.0,
                    };
                    let (width, height) = (mask.width as usize, mask.height as usize);
                    let cover = |x, y| at_share(&mask, x, y);
                    let place = place(mask.scale_factors);
                    self.paint(&Grey { width, height, value: &|_| ink, cover: &cover, place });
                },
                None,
            ),
        }
    }
    fn draw_path(&mut self, _: &BezPath, _: DrawProps<'a>, _: &DrawMode) {}
    fn push_clip_path(&mut self, _: &ClipPath) {}
    fn push_transparency_group(&mut self, _: f32, _: Option<SoftMask<'a>>, _: BlendMode) {}
    fn draw_glyph_run(&mut self, _: &GlyphRun<'_, 'a>, _: DrawProps<'a>, _: &DrawMode) {}
    fn pop_clip(&mut self) {}
    fn pop_transparency_group(&mut self) {}
}
