// Everything that a user of the library needs. Start with scan.hpp.
#pragma once

#include "saring/audit.hpp"
#include "saring/convert.hpp"
#include "saring/error.hpp"
#include "saring/finding.hpp"
#include "saring/geometry.hpp"
#include "saring/image.hpp"
#include "saring/language.hpp"
#include "saring/page.hpp"
#include "saring/scan.hpp"
#include "saring/version.hpp"
