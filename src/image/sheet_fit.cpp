// Every point of a line of writing is seen where the sheet's point (x of its own, y of its line) is projected; the
// unknowns are the camera's turn and focal length, the sheet's bend, one y a line and one x a point. Levenberg and
// Marquardt's method with exact derivatives (Ceres, dual numbers) finds them; the x are eliminated first (Schur), so a
// page of two thousand points costs tens of milliseconds. The idea of a cubic sheet is Zucker's ("Page dewarping",
// 2016); the free higher terms, the margins and the elimination are not.
//
// What lines alone leave open is narrowed softly: a phone's focal length, paper that bends gently, and lines that begin
// or end near the same margin begin or end exactly there. It cannot follow crumpled paper.
#include "image/sheet.hpp"

#include "image/sheet_model.hpp"

#include <ceres/ceres.h>

#include <algorithm>
#include <cmath>
#include <numbers>

namespace saring::image {
namespace {

constexpr std::size_t least_lines = 4;
constexpr std::size_t most_points = 40; // of one line; more only cost time
constexpr double usual_focal = 1.56;    // frame units (half the longer side): 28 mm on a frame of 36 mm
constexpr double focal_doubt = 0.15;    // of its logarithm
constexpr double point_doubt = 0.15;    // x-heights that a crest strays from its line
constexpr double margin_doubt = 0.01;   // text widths that lines of one margin differ
constexpr double margin_reach = 0.06;   // text widths from the outermost that a line may begin to count
constexpr double turn_doubt = 0.5;      // radians that a camera is tilted
constexpr std::array<double, 4> bend_doubt{0.6, 0.6, 0.8, 1.5}; // see bend_at()
constexpr double worst_residual = 0.5;                          // x-heights; beyond, no sheet explains the lines
constexpr int most_iterations = 60;

struct Seen {
    double u;
    double v;
};

// A line's point, in units of doubt.
struct PointCost {
    Seen seen;
    const double* place;
    double doubt;

    template <typename T>
    bool operator()(const T* turn, const T* log_focal, const T* bend, const T* y, const T* x, T* residual) const {
        T there[2];
        project(turn, place, *log_focal, *x, *y, bend_at(bend, *x), there);
        residual[0] = (there[0] - seen.u) / doubt;
        residual[1] = (there[1] - seen.v) / doubt;
        return true;
    }
};

struct MarginCost {
    template <typename T> bool operator()(const T* margin, const T* x, T* residual) const {
        residual[0] = (*x - *margin) / margin_doubt;
        return true;
    }
};

template <int size> struct PriorCost {
    std::array<double, size> usual;
    std::array<double, size> doubt;

    template <typename T> bool operator()(const T* value, T* residual) const {
        for (std::size_t i = 0; i < size; ++i) {
            residual[i] = (value[i] - usual[i]) / doubt[i];
        }
        return true;
    }
};

struct Line {
    std::vector<Seen> points;
    std::vector<double> x;
    double y = 0;
};

std::vector<Line> lines_in_frame(const std::vector<TextChain>& chains, const Sheet::Frame& frame) {
    const double radians = frame.reading * std::numbers::pi / 180;
    const double c = std::cos(radians) / frame.unit;
    const double s = std::sin(radians) / frame.unit;
    std::vector<Line> out;
    for (const TextChain& chain : chains) {
        Line line;
        const std::size_t step = std::max<std::size_t>(1, chain.size() / most_points);
        for (std::size_t i = 0; i < chain.size(); i += step) {
            const double dx = chain[i].x - frame.centre.x;
            const double dy = chain[i].y - frame.centre.y;
            line.points.push_back({c * dx + s * dy, c * dy - s * dx});
        }
        out.push_back(std::move(line));
    }
    return out;
}

double quantile(std::vector<double> values, double share) {
    const auto nth = values.begin() + static_cast<std::ptrdiff_t>(share * static_cast<double>(values.size() - 1));
    std::nth_element(values.begin(), nth, values.end());
    return *nth;
}

// A flat sheet seen from the front, as wide as the text.
Sheet::Shape first_guess(std::vector<Line>& lines) {
    double left = 1e9;
    double right = -1e9;
    double top = 1e9;
    double bottom = -1e9;
    for (const Line& line : lines) {
        for (const Seen& p : line.points) {
            left = std::min(left, p.u);
            right = std::max(right, p.u);
            top = std::min(top, p.v);
            bottom = std::max(bottom, p.v);
        }
    }
    const double width = std::max(1e-6, right - left);
    Sheet::Shape shape;
    shape.log_focal = std::log(usual_focal);
    const double distance = usual_focal / width;
    shape.place = {(left + right) / 2 / width, (top + bottom) / 2 / width, distance};
    for (Line& line : lines) {
        double sum = 0;
        for (const Seen& p : line.points) {
            line.x.push_back((p.u - left) / width);
            sum += (p.v - (top + bottom) / 2) / width;
        }
        line.y = sum / static_cast<double>(line.points.size());
    }
    return shape;
}

// Lines that begin (or end) near the margin, by their first guess.
void add_margin(ceres::Problem& problem, std::vector<Line>& lines, double& margin, bool left) {
    std::vector<double> ends;
    for (const Line& line : lines) {
        ends.push_back(left ? line.x.front() : line.x.back());
    }
    margin = quantile(ends, left ? 0.2 : 0.8);
    for (Line& line : lines) {
        double& x = left ? line.x.front() : line.x.back();
        if (std::abs(x - margin) < margin_reach) {
            problem.AddResidualBlock(new ceres::AutoDiffCostFunction<MarginCost, 1, 1, 1>(new MarginCost),
                                     new ceres::CauchyLoss(1.0), &margin, &x);
        }
    }
}

template <int size>
void add_prior(ceres::Problem& problem, double* value, const std::array<double, size>& usual,
               const std::array<double, size>& doubt) {
    problem.AddResidualBlock(
        new ceres::AutoDiffCostFunction<PriorCost<size>, size, size>(new PriorCost<size>{usual, doubt}), nullptr,
        value);
}

bool solve(std::vector<Line>& lines, Sheet::Shape& shape, double doubt, bool rigid) {
    ceres::Problem problem; // owns the costs and losses that it is given
    const auto order = std::make_shared<ceres::ParameterBlockOrdering>();
    for (Line& line : lines) {
        for (std::size_t i = 0; i < line.points.size(); ++i) {
            problem.AddResidualBlock(new ceres::AutoDiffCostFunction<PointCost, 2, 3, 1, 4, 1, 1>(
                                         new PointCost{line.points[i], shape.place.data(), doubt}),
                                     new ceres::HuberLoss(1.5), shape.turn.data(), &shape.log_focal, shape.bend.data(),
                                     &line.y, &line.x[i]);
            order->AddElementToGroup(&line.x[i], 0);
        }
        order->AddElementToGroup(&line.y, 1);
    }
    double left = 0;
    double right = 1;
    add_margin(problem, lines, left, true);
    add_margin(problem, lines, right, false);
    add_prior<1>(problem, &shape.log_focal, {std::log(usual_focal)}, {focal_doubt});
    add_prior<3>(problem, shape.turn.data(), {0, 0, 0}, {turn_doubt, turn_doubt, turn_doubt});
    add_prior<4>(problem, shape.bend.data(), {0, 0, 0, 0}, bend_doubt);
    for (double* block : {shape.turn.data(), &shape.log_focal, shape.bend.data(), &left, &right}) {
        if (problem.HasParameterBlock(block)) {
            order->AddElementToGroup(block, 1);
        }
    }
    if (rigid) {
        problem.SetParameterBlockConstant(shape.bend.data());
    }
    ceres::Solver::Options options;
    options.linear_solver_type = ceres::DENSE_SCHUR;
    options.linear_solver_ordering = order;
    options.max_num_iterations = most_iterations;
    options.function_tolerance = 1e-5;
    options.logging_type = ceres::SILENT;
    options.num_threads = 1;
    ceres::Solver::Summary summary;
    ceres::Solve(options, &problem, &summary);
    return summary.IsSolutionUsable();
}

} // namespace

std::optional<SheetFit> fit_sheet(const std::vector<TextChain>& chains, const Sheet::Frame& frame, double x_height,
                                  bool rigid) {
    if (chains.size() < least_lines || x_height <= 0) {
        return std::nullopt;
    }
    std::vector<Line> lines = lines_in_frame(chains, frame);
    Sheet::Shape shape = first_guess(lines);
    if (!solve(lines, shape, point_doubt * x_height / frame.unit, rigid)) {
        return std::nullopt;
    }
    SheetFit fit{Sheet(frame, shape), 0, 1e9, -1e9, 1e9, -1e9};
    double squares = 0;
    double count = 0;
    for (const Line& line : lines) {
        fit.top = std::min(fit.top, line.y);
        fit.bottom = std::max(fit.bottom, line.y);
        for (std::size_t i = 0; i < line.points.size(); ++i) {
            fit.left = std::min(fit.left, line.x[i]);
            fit.right = std::max(fit.right, line.x[i]);
            double seen[2];
            project(shape.turn.data(), shape.place.data(), shape.log_focal, line.x[i], line.y,
                    bend_at(shape.bend.data(), line.x[i]), seen);
            const double du = seen[0] - line.points[i].u;
            const double dv = seen[1] - line.points[i].v;
            squares += du * du + dv * dv;
            count += 1;
        }
    }
    fit.residual = std::sqrt(squares / count) * frame.unit;
    const bool sane =
        std::isfinite(fit.residual) && fit.residual < worst_residual * x_height && fit.left > -0.5 && fit.right < 1.5;
    return sane ? std::optional(fit) : std::nullopt;
}

} // namespace saring::image
